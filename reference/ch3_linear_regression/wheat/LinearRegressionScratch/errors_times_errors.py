"""Einstein's notation; the loss as a product of the errors with themselves; plain SGD spelled out."""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.w = nn.Parameter(torch.distributions.Normal(0.0, sigma).sample((num_inputs, 1)))
        self.register_parameter("b", nn.Parameter(torch.tensor([0.0])))
        self.settings = {"lr": lr, "momentum": 0, "weight_decay": 0, "nesterov": False}

    def forward(self, X):
        return torch.einsum("nm,mo->no", X, self.w) + self.b.expand(len(X), 1)

    def loss(self, y_hat, y):
        error = (y_hat - y).flatten()
        return torch.dot(error, error) / (2 * len(error))

    def configure_optimizers(self):
        return torch.optim.SGD([{"params": [self.w]}, {"params": [self.b]}], **self.settings)
