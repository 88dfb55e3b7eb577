"""One of your arguments has another name than in the contract, and whoever gives it by name gets a TypeError.

By position it works. But the names of arguments are part of what a class promises: num_inputs, num_outputs, lr,
sigma. The book builds its model by name (4.4.5).

Fails: it_starts_from_small_normal_weights
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, std=0.01):
        self.W = torch.normal(0, std, (num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        return softmax(X.reshape((-1, self.W.shape[0])) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
