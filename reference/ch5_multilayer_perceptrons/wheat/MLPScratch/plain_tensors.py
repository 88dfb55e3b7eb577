"""A plain class with plain tensors that want gradients, and parameters of its own."""

import torch


class MLPScratch:
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        self.lr = lr
        self.W1 = torch.normal(0, sigma, size=(num_inputs, num_hiddens), requires_grad=True)
        self.b1 = torch.zeros(num_hiddens, requires_grad=True)
        self.W2 = torch.normal(0, sigma, size=(num_hiddens, num_outputs), requires_grad=True)
        self.b2 = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return (p for p in (self.W1, self.b1, self.W2, self.b2))

    def forward(self, X):
        H = torch.clamp(X.flatten(1) @ self.W1 + self.b1, min=0)
        return H @ self.W2 + self.b2
