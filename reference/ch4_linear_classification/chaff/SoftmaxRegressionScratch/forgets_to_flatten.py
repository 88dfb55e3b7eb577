"""Images with axes for channel, height and width aren't flattened in your forward.

Most of them can't be multiplied by W then. A linear model knows no neighbours: each image must become one row of
num_inputs pixels before it meets W (4.4.2).

Fails: accepts_its_arguments
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.normal(0, sigma, size=(num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
