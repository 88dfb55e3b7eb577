"""Your rows gather pixels of different images, although their shape is right.

Usually the images are reshaped to (num_inputs, n) and then transposed: but reshape reads row by row. The axis of the
examples must stay first: reshape to (-1, num_inputs) (5.2.1).

Fails: right_values
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.reshape((self.W1.shape[0], -1)).T
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
