"""Images of few pixels make your forward raise an error, as if it took those of 784 pixels only.

Those of Fashion-MNIST have 28 by 28. How many there are in general is what num_inputs says: reshape to (-1,
W.shape[0]) (4.4.2).

Fails: accepts_its_arguments
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
        return softmax(torch.matmul(X.reshape((-1, 784)), self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
