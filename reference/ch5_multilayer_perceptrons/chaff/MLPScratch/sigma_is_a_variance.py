"""Your weights have the spread sqrt(sigma), not sigma.

Perhaps sigma is taken for the variance. Either can describe the spread of a normal distribution, but torch.normal
wants the standard deviation, and sigma is one: N(0, sigma²) (3.1.3, 5.2.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma**0.5)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma**0.5)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
