"""Your probabilities are not where the images and the weights are.

A device that is written into a model is wrong wherever the images are on another one. What is computed from X, W
and b is where they are, by itself (6.7).

Fails: right_device
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
        return softmax(torch.matmul(X, self.W) + self.b).to("meta")

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
