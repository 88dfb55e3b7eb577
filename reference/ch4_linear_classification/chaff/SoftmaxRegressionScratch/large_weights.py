"""Your weights start with a spread of 1 unless another is given.

torch.randn has that spread, but with 784 inputs the scores are then far apart, and the first predictions sure and
mostly wrong. The default of sigma is 0.01 (4.4.2).

Fails: it_starts_from_small_normal_weights
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=1.0):
        self.lr = lr
        self.W = torch.normal(0, sigma, size=(num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape((-1, self.W.shape[0]))
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
