"""You have a single bias, which all classes share.

It broadcasts, and nothing fails. But softmax doesn't change when all scores of a row grow by the same number, so
this bias has no effect and never learns. Each class needs its own: the shape is (num_outputs,) (4.4.2).

Fails: accepts_its_arguments
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.normal(0, sigma, (num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def parameters(self):
        return (self.W, self.b)

    def forward(self, X):
        return softmax(X.view(X.shape[0], -1).mm(self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
