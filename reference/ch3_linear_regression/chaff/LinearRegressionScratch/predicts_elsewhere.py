"""Your predictions are on another device than X.

Often they are moved, or computed with tensors that were made there. A loss needs predictions and targets in the
same place: compute where X is (3.4.1; 6.7 on devices).

Fails: right_device
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
        return (torch.matmul(X, self.w) + self.b).to("meta")

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
