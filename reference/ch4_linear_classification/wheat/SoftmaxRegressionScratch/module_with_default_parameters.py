"""An nn.Module whose nn.Parameters are found by itself; flattens with nn.Flatten."""

import torch
from torch import nn


class SoftmaxRegressionScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        super().__init__()
        self.num_inputs = num_inputs
        self.lr = lr
        self.flatten = nn.Flatten()
        self.W = nn.Parameter(sigma * torch.randn(num_inputs, num_outputs))
        self.b = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        return softmax(self.flatten(X) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
