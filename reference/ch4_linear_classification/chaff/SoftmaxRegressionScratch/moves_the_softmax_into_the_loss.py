"""Your forward returns scores, and the softmax is in your loss.

Together they are right, and the model learns. But forward promises probabilities, and loss takes them: whoever uses one
without the other gets something else (4.4.2, 4.4.3).

Fails: right_values, its_loss_is_the_cross_entropy
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
        return torch.matmul(X, self.W) + self.b

    def loss(self, y_hat, y):
        return cross_entropy(softmax(y_hat), y)
