"""Your loss is the mean absolute error.

It measures how far off predictions are, in the targets' own unit, and gives less weight to outliers. The loss
of this section is half the square of the error (3.1.1, 3.4.2).

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
        return (y_hat - y).abs().mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
