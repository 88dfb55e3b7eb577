"""After the predictions were changed, your loss is still the one that they had before.

Perhaps it keeps each loss, and hands it out again. A tensor can be written into: compute the loss from the numbers that
are in it now (3.4.2).

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
        self.known = {}

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        if y_hat not in self.known:
            self.known[y_hat] = ((y_hat - y) ** 2 / 2).mean()
        return self.known[y_hat]

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
