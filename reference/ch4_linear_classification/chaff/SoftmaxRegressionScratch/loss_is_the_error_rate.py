"""Your loss is the share of wrong predictions.

That is what we want to be small in the end, but it changes in jumps and has no gradient. The loss is the
cross-entropy, which has one (4.1.2, 4.4.3).

Fails: its_loss_is_the_cross_entropy
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
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return (y_hat.argmax(dim=1) != y).to(y_hat.dtype).mean()
