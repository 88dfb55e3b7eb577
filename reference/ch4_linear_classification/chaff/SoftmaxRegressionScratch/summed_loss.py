"""Your loss adds up the examples' losses instead of taking their mean.

Then the gradient grows with the batch size: with 256 images it is, for plain SGD, as if the learning rate were 256
times as large (4.4.3, 3.1.1.2).

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
        return cross_entropy(y_hat, y) * len(y)
