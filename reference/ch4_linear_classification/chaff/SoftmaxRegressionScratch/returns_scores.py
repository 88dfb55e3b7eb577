"""Your forward returns the scores X W + b, without the softmax.

The largest score is the likeliest class either way, so accuracy would not show it. But the loss takes logarithms of
what forward returns, and so needs probabilities (4.4.2, 4.4.3).

Fails: right_values
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
        X = X.reshape((-1, self.W.shape[0]))
        return torch.matmul(X, self.W) + self.b

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
