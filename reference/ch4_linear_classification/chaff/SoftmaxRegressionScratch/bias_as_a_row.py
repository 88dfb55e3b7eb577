"""Your bias has an axis too many: it is a matrix of one row.

It broadcasts over the batch just as well. But the contract is one number for each class, (num_outputs,), as in
the book (4.4.2).

Fails: it_starts_from_small_normal_weights
"""

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
