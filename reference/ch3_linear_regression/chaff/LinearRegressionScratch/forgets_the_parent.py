"""Your model can't be put into training mode, as if nn.Module had never made it ready for that.

As a rule super().__init__() is missing: that constructor makes what model.train() goes through. An nn.Parameter tells
at once, a plain tensor doesn't (3.4.1).

Fails: accepts_its_arguments
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        self.lr = lr
        self.w = torch.normal(0, sigma, (num_inputs, 1), requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
