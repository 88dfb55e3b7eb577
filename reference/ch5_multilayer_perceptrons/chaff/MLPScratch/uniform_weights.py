"""You draw the weights from a uniform distribution.

Perhaps by torch.rand: it is one letter away from torch.randn, but gives numbers between 0 and 1, none negative. The
weights are normal, with mean 0 (5.2.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = nn.Parameter(torch.rand(num_inputs, num_hiddens) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.rand(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
