"""Your weights have the spread sqrt(sigma), not sigma.

Perhaps sigma is taken for the variance. Either can describe the spread of a normal distribution, but torch.normal
wants the standard deviation, and sigma is one: N(0, sigma²) (3.1.3, 4.4.2).

Fails: it_starts_from_small_normal_weights
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.normal(0, sigma**0.5, size=(num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape((-1, self.W.shape[0]))
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
