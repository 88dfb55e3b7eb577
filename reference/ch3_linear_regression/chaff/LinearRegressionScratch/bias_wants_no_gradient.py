"""Your bias doesn't require a gradient, so it can't learn.

A tensor of zeros is a constant unless it is told otherwise: backward computes gradients only for tensors with
requires_grad=True, or an nn.Parameter (2.5, 3.4.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = torch.normal(0, sigma, (num_inputs, 1), requires_grad=True)
        self.b = torch.zeros(1)

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
