"""Your loss is the mean of the squares; the half is missing.

It is the usual mean squared error, with its minimum in the same place. The book's loss has the half, because
then the derivative is simply the error; without it every step is twice as long (3.1.1, 3.4.2).

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
        return ((y_hat - y) ** 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
