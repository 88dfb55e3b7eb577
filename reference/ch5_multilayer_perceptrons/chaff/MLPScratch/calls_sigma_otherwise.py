"""One of your arguments has another name than in the contract, and whoever gives it by name gets a TypeError.

By position it works. But the names of arguments are part of what a class promises: num_inputs, num_outputs,
num_hiddens, lr, sigma. The book builds its network by name (5.2.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, std=0.01):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * std)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * std)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
