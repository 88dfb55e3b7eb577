"""You take a batch of images that are flat already for one image.

Perhaps each image is flattened by the lengths of the last two axes. In a batch (n, num_inputs) these are n and the
number of pixels: all examples become a single row. Take num_inputs, or keep axis 0 and flatten the rest (5.2.1).

Fails: accepts_its_arguments
"""

import torch


class MLPScratch:
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        self.lr = lr
        self.W1 = torch.normal(0, sigma, size=(num_inputs, num_hiddens), requires_grad=True)
        self.b1 = torch.zeros(num_hiddens, requires_grad=True)
        self.W2 = torch.normal(0, sigma, size=(num_hiddens, num_outputs), requires_grad=True)
        self.b2 = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W1, self.b1, self.W2, self.b2]

    def forward(self, X):
        height, width = X.shape[-2:]
        H = torch.clamp(X.reshape(-1, height * width) @ self.W1 + self.b1, min=0)
        return H @ self.W2 + self.b2
