"""Images with axes for channel, height and width aren't flattened in your forward.

Most of them can't be multiplied by W1 then. This network knows no neighbours: each image must become one row of
num_inputs pixels before it meets W1 (5.2.1).

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
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
