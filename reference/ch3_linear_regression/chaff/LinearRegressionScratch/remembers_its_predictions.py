"""After w and b were changed, your forward returns its old predictions for the same examples.

Perhaps it keeps each prediction, and hands it out again. After a step the same examples have other predictions:
compute them from the present w and b (3.4.1).

Fails: two_models_share_nothing
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
        if X not in self.known:
            self.known[X] = torch.matmul(X, self.w) + self.b
        return self.known[X]

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
