"""Your tensors don't ask for gradients.

Operations on them are not recorded then, and backward has nothing to follow. Wrap them in nn.Parameter, or
make them with requires_grad=True (2.5.1, 5.2.1).

Fails: it_starts_from_small_normal_weights
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = torch.randn(num_inputs, num_hiddens) * sigma
        self.b1 = torch.zeros(num_hiddens)
        self.W2 = torch.randn(num_hiddens, num_outputs) * sigma
        self.b2 = torch.zeros(num_outputs)

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
