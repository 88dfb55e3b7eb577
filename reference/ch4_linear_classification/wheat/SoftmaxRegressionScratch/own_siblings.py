"""Brings a stabilised softmax and a cross-entropy with an epsilon of its own."""

import torch


def softmax(X):
    Z = torch.exp(X - X.max(dim=1, keepdim=True).values)
    return Z / Z.sum(dim=1, keepdim=True)


def cross_entropy(y_hat, y):
    return -(y_hat[torch.arange(len(y)), y] + 1e-6).log().mean()


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.normal(0, sigma, size=(num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        return softmax(X.reshape(len(X), -1) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
