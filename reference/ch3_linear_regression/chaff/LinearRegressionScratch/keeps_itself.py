"""model.train() never comes to an end in your model, as if the model were a part of itself.

Often that is an attribute self, kept among the arguments of the constructor. What an nn.Module keeps of modules are its
layers, and every epoch goes through all of them: leave self out (3.2.1, 3.4.1).

Fails: accepts_its_arguments
"""

import inspect

import torch
from torch import nn


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        _, _, _, local_vars = inspect.getargvalues(inspect.currentframe().f_back)
        for name, value in local_vars.items():
            if name not in ignore and not name.startswith('_'):
                setattr(self, name, value)


class LinearRegressionScratch(nn.Module, HyperParameters):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.save_hyperparameters()
        self.w = torch.normal(0, sigma, (num_inputs, 1), requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)
