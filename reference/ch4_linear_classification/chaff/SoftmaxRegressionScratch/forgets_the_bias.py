"""Your forward doesn't add the bias b.

At the start b is zero, so nothing shows. But without it, a black image gets the same probability for every class,
whatever is learned: the scores are X W + b (4.4.2).

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
        return softmax(torch.matmul(X, self.W))

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
