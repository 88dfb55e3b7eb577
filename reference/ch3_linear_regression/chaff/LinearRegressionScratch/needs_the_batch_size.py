"""Your constructor wants one argument more than the contract has.

Your own code may pass it; whoever builds LinearRegressionScratch(num_inputs, lr) gets a TypeError. Additional
arguments need a default (3.4.1).

Fails: accepts_its_arguments
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, batch_size, *, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.batch_size = batch_size
        self.w = nn.Parameter(torch.normal(0, sigma, size=(num_inputs, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
