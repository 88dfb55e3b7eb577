"""4.4 Softmax regression from scratch. Chen Yu."""

import torch
from torch import nn


def softmax(X):
    # exp overflows from 89 on; only differences matter, so shift the largest to 0
    X = X - X.max(dim=1, keepdim=True).values.detach()
    return X.exp() / X.exp().sum(dim=1, keepdim=True)


def cross_entropy(y_hat, y):
    p = y_hat[torch.arange(len(y_hat)), y]
    return -torch.log(torch.clamp(p, min=1e-10)).mean()


class SoftmaxRegressionScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.W = nn.Parameter(torch.normal(0, sigma, size=(num_inputs, num_outputs)))
        self.b = nn.Parameter(torch.zeros(num_outputs))

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape(X.shape[0], -1)
        return softmax(X @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
