"""Your weights start at zero.

For linear regression that trains as well, since its loss is convex. But the contract is a draw from N(0, sigma²),
and in networks with hidden layers, units that all start from zero weights don't learn to differ (3.4.1; 5.4 on
initialization).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.zeros(num_inputs, 1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
