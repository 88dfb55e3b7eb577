"""Your weights are uniform numbers between 0 and sigma: none is negative.

torch.rand draws from 0 to 1, torch.randn from a normal distribution around 0, and they differ by a letter. Asked
for is N(0, sigma²) (3.4.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(sigma * torch.rand((num_inputs, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
