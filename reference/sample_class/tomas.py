# Why write it again? PyTorch has it all.
import torch
import torch.nn.functional as F
from torch import nn, optim


def softmax(X):
    return F.softmax(X, dim=1)


def cross_entropy(y_hat, y):
    return F.nll_loss(y_hat.log(), y)


class SGD(optim.SGD):
    def __init__(self, params, lr):
        super().__init__(params, lr=lr)


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.normal(0, sigma, (num_inputs, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return X @ self.w + self.b

    def loss(self, y_hat, y):
        return F.mse_loss(y_hat, y) / 2

    def configure_optimizers(self):
        return optim.SGD(self.parameters(), lr=self.lr)


def relu(X):
    return torch.relu(X)


sigmoid = torch.sigmoid


def tanh(X):
    return X.tanh()


def activation_gradient(f, x):
    f(x).sum().backward()
    return x.grad
