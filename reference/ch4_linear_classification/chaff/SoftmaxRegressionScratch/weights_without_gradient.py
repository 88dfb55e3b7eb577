"""Your tensors W and b don't ask for gradients.

Operations on them are not recorded then, and backward has nothing to follow. Make them with requires_grad=True, or as
nn.Parameter (2.5.1, 4.4.2).

Fails: it_starts_from_small_normal_weights
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.normal(0, sigma, size=(num_inputs, num_outputs))
        self.b = torch.zeros(num_outputs)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape((-1, self.W.shape[0]))
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
