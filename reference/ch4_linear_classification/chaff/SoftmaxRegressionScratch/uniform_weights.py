"""You draw the weights from a uniform distribution.

Perhaps by torch.rand: it is one letter away from torch.randn, but gives numbers between 0 and 1, none negative. The
weights are normal, with mean 0 (4.4.2).

Fails: it_starts_from_small_normal_weights
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = (sigma * torch.rand(num_inputs, num_outputs)).requires_grad_()
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape((-1, self.W.shape[0]))
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
