"""Your W has a row for each class, shape (num_outputs, num_inputs).

nn.Linear keeps its weight so, and then multiplies by its transpose. Here W has a row for each input: X W needs no
transpose (4.4.2).

Fails: accepts_its_arguments
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.normal(0, sigma, size=(num_outputs, num_inputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        X = X.reshape((-1, self.W.shape[1]))
        return softmax(torch.matmul(X, self.W.T) + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
