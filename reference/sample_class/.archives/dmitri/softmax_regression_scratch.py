import torch
from torch import nn


def softmax(X):
    exps = torch.exp(X)
    return exps / torch.sum(exps, dim=1, keepdim=True)


def cross_entropy(y_hat, y):
    loss = 0.0
    for i in range(len(y)):
        loss -= torch.log(y_hat[i][y[i]]).item()
    return loss / len(y)


class SoftmaxRegressionScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.W = nn.Parameter(torch.randn(num_inputs, num_outputs) * sigma)
        self.b = nn.Parameter(torch.zeros(num_outputs))

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        return softmax(torch.matmul(X.flatten(1), self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
