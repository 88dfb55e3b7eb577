"""Your weights w have one axis, (num_inputs,), where two belong: (num_inputs, 1).

The product of X with them has the shape (n,), and the targets have (n, 1): subtracting these compares every
prediction with every target (2.1.4, 3.4.1).

Fails: accepts_its_arguments
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.normal(0, sigma, (num_inputs,)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
