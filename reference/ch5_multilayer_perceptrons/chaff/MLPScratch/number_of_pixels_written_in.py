"""Images of few pixels make your forward raise an error, as if it took those of 784 pixels only.

Those of Fashion-MNIST have 28 by 28. How many there are in general is what num_inputs says: reshape to (-1,
num_inputs) (5.2.1).

Fails: accepts_its_arguments
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
        H = torch.relu(X.reshape((-1, 784)) @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
