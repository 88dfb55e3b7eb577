"""Your bias learns, and your weights don't: no gradient of the loss arrives in w.grad.

.data and .detach(), for example, give the tensor without its history. What is computed from that has the right
values, and no gradient with respect to w. Or w is the result of an operation, such as a product with sigma:
autograd stores gradients in leaves only (2.5.3, 3.4.1).

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
        return torch.matmul(X, self.w.data) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
