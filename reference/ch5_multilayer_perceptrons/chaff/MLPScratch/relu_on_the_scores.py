"""Your forward applies relu to the scores, too.

Scores below zero tell unlikely classes from very unlikely ones; cut off at zero they are all alike, and get no
gradient. Only the hidden layer has a relu (5.2.1).

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
        return torch.relu(H @ self.W2 + self.b2)
