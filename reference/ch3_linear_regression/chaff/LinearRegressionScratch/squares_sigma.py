"""The standard deviation of your weights is the square of sigma: with sigma = 0.01 they are a hundred times too small.

N(0, sigma²) is written with the variance, but torch.normal expects the standard deviation, which is sigma itself;
the factor of torch.randn is the standard deviation, too (3.4.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.randn(num_inputs, 1) * sigma**2)
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
