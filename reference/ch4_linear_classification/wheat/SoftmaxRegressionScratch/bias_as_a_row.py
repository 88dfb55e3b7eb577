"""The bias is a matrix of one row, which broadcasts just as well."""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.normal(0, sigma, (num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros((1, num_outputs), requires_grad=True)

    def parameters(self):
        return (self.W, self.b)

    def forward(self, X):
        return softmax(X.view(X.shape[0], -1).mm(self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
