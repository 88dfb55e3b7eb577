"""Your predictions are cut off from w and b, and from X: no gradient flows back from them.

detach(), for example, silences the error that NumPy's conversion raises when you want to plot numbers. It also cuts
the graph that backward walks along (2.5.3, 3.4.1).

Fails: one_step_is_one_gradient
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
        return (torch.matmul(X, self.w) + self.b).detach()

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
