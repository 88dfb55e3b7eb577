"""Training leaves your W as it was, and only b moves.

Perhaps W is the result of an operation, such as a product with sigma: autograd stores gradients in leaves only, and
W.grad stays None. Multiply first, then call requires_grad_(). Or W is missing in parameters() (2.5.1, 4.4.2).

Fails: one_step_is_one_gradient
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = sigma * torch.randn(num_inputs, num_outputs, requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape((-1, self.W.shape[0]))
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
