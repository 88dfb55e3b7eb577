"""Your loss compares every prediction with every target.

Flattening one side, for example, makes (n, 1) minus (n,), which broadcasts to (n, n). With one example, or
equal ones, nothing shows. Both sides need the same shape (2.1.4 on broadcasting, 3.4.2).

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
        return ((y_hat - y.reshape(-1)) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
