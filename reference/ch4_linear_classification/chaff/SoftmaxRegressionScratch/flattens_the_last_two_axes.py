"""You take a batch of images that are flat already for one image.

Perhaps each image is flattened by the lengths of the last two axes. In a batch (n, num_inputs) these are n and the
number of pixels: all examples become a single row. Take num_inputs, or keep axis 0 and flatten the rest (4.4.2).

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
        height, width = X.shape[-2:]
        return softmax(X.reshape(-1, height * width) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
