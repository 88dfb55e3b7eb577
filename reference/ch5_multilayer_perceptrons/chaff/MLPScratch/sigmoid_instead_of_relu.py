"""Your hidden layer applies the sigmoid.

It was what people used before, and a network with it learns, too, though often more slowly; this one has rectified
linear units (5.1.2, 5.2.1).

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
        H = torch.sigmoid(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
