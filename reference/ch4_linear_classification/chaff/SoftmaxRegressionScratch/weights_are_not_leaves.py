"""You ask for gradients first and multiply by sigma after, so W is the result of an operation.

Autograd stores gradients in leaves only, and the leaf is the tensor before the product, which nobody holds: W.grad
stays None, and W never moves. Multiply first, then call requires_grad_() (2.5.1, 4.4.2).

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
