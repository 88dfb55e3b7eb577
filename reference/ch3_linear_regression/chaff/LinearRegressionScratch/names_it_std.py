"""Your constructor takes no argument by the name of sigma.

`LinearRegressionScratch(2, lr=0.03, sigma=0.1)` fails then: names are part of the signature (3.4.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, std=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.normal(0, std, size=(num_inputs, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return X @ self.w + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
