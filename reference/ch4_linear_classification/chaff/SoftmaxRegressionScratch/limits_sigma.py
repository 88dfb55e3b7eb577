"""Where sigma is large, your weights are spread less than it says, as if it were limited.

A small start is a good idea, but sigma is the caller's choice: the standard deviation is what was asked for (4.4.2).

Fails: it_starts_from_small_normal_weights
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.W = torch.normal(0, min(sigma, 0.5), (num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        return softmax(X.reshape((-1, self.W.shape[0])) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
