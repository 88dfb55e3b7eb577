"""Your models share one learning rate: a new one changes that of the others.

What is written to the class, or to a global name, belongs to every object. Whoever trains two models trains the first
one at the second's rate. self.lr belongs to this one (3.2.1, 4.4.2).

Fails: it_depends_on_its_own_weights_and_these_images
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        SoftmaxRegressionScratch.lr = lr
        self.W = torch.normal(0, sigma, (num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        return softmax(X.reshape((-1, self.W.shape[0])) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
