"""Your forward changes the images, which are your caller's.

Perhaps their pixels are divided by 255: they lie between 0 and 1 already (4.2.1), and `/=` writes into the tensor
that you were given, which may be the data set's own. forward only reads X (2.1.5, 4.4.2).

Fails: leaves_arguments_alone
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
        X /= 255
        X = X.reshape((-1, self.W.shape[0]))
        return softmax(torch.matmul(X, self.W) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
