"""Your rows gather pixels of different images, although their shape is right.

Usually the images are reshaped to (num_inputs, n) and then transposed: but reshape reads row by row. The axis of the
examples must stay first: reshape to (-1, num_inputs) (4.4.2).

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
        X = X.reshape((self.W.shape[0], -1)).T
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
