"""Your scores are not where the images and the parameters are.

A device that is written into a model is wrong wherever the images are on another one. What is computed from X and
the parameters is where they are, by itself (6.7).

Fails: right_device
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
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return (H @ self.W2 + self.b2).to("meta")
