"""Your forward ends with a softmax.

In 4.4 the model returned probabilities. From 4.5 on the loss takes scores and applies softmax itself, so that
nothing overflows; a second one usually makes learning slower (4.5.2, 5.2.1).

Fails: right_values
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
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return torch.softmax(H @ self.W2 + self.b2, dim=1)
