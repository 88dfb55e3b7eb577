"""Your forward returns float64, though images and parameters are float32.

The scores should have their dtype: the extra digits are seldom of use, and cost time and memory (2.1, 5.2.1).

Fails: right_dtype
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.double()
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1.double() + self.b1)
        return H @ self.W2.double() + self.b2
