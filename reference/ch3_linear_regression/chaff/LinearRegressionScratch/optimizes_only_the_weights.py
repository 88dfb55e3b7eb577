"""Your optimizer moves w alone; the bias stays as it is.

The bias is easily forgotten, and hardly missed where features and targets have the mean zero. An optimizer updates
what it is given: give it both (3.4.3).

Fails: its_optimizer_descends_on_w_and_b
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
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w], self.lr)
