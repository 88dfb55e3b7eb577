"""Called as model(X), your model predicts without a gradient, although forward(X) has one.

A step in training calls the model, and has nothing to follow then. Perhaps __call__ is under no_grad; nn.Module has one
that calls forward, and needs no other (3.4.1).

Fails: one_step_is_one_gradient
"""

import torch


class LinearRegressionScratch:
    def __init__(self, num_inputs, lr, sigma=0.01):
        self.lr = lr
        self.w = torch.normal(0, sigma, (num_inputs, 1), requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    @torch.no_grad()
    def __call__(self, X):
        return self.forward(X)

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
