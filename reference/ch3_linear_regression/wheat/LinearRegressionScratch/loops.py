"""One example at a time, in Python loops; the mean as a sum divided by the number of examples."""

import numpy as np
import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        w = np.random.normal(0, sigma, (num_inputs, 1))
        self.w = torch.tensor(w, dtype=torch.float32, requires_grad=True)
        self.b = torch.tensor([0.0], requires_grad=True)

    def forward(self, X):
        return torch.stack([self.b + sum(x[j] * self.w[j] for j in range(len(x))) for x in X])

    def loss(self, y_hat, y):
        total = 0
        for i in range(len(y)):
            total = total + (y_hat[i, 0] - y[i, 0]) ** 2
        return total / (2 * len(y))

    def configure_optimizers(self):
        return SGD([self.w, self.b], lr=self.lr)
