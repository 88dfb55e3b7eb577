"""Your loss is the sum over the examples, where the mean is asked for.

Both have their minimum in the same place. But a sum grows with the minibatch, and so do the steps: a learning rate
that fits 32 examples may be too large for 256 (3.4.2).

Fails: the_loss_is_the_mean_of_half_squares
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.normal(0, sigma, size=(num_inputs, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).sum()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
