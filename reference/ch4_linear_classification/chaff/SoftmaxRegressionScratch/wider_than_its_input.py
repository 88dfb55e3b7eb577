"""Your forward returns float64, though images and parameters are float32.

The probabilities should have their dtype: the extra digits are seldom of use, and cost time and memory (2.1,
4.4.2).

Fails: right_dtype
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
        return softmax(torch.matmul(X.double(), self.W.double()) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
