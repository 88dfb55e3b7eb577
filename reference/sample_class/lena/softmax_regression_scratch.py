import torch
from torch import nn


def softmax(X):
    X = torch.exp(X)
    return X / X.sum(1, keepdim=True)


def cross_entropy(y_hat, y):
    one_hot = torch.zeros_like(y_hat)
    one_hot[torch.arange(len(y)), y] = 1
    return -(one_hot * torch.log(y_hat)).sum() / len(y)


class SoftmaxRegressionScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.W = nn.Parameter(sigma * torch.randn(num_inputs, num_outputs))
        self.b = nn.Parameter(torch.zeros(num_outputs))

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        return softmax(X.view(X.shape[0], -1) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
