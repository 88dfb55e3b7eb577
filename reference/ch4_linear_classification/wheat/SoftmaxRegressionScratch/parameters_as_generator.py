"""parameters() is a generator; gradients are asked for after the tensors are made."""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.lr = lr
        self.W = torch.empty(num_inputs, num_outputs).normal_(0, sigma).requires_grad_()
        self.b = torch.zeros(num_outputs).requires_grad_()

    def parameters(self):
        yield self.b
        yield self.W

    def forward(self, X):
        scores = torch.addmm(self.b, X.flatten(start_dim=1), self.W)
        return softmax(scores)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
