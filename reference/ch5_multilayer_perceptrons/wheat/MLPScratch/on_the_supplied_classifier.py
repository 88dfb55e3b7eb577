"""The book's own: a Classifier of d2l, whose loss and optimizer are inherited."""

from d2l import torch as d2l
from torch import nn
import torch


def relu(X):
    return torch.max(X, torch.zeros_like(X))


class MLPScratch(d2l.Classifier):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.save_hyperparameters()
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.reshape((-1, self.num_inputs))
        return torch.matmul(relu(torch.matmul(X, self.W1) + self.b1), self.W2) + self.b2
