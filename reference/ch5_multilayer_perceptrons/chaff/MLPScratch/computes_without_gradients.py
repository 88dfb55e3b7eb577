"""Your scores have no gradient: they are cut off from the parameters.

Perhaps forward computes under `torch.no_grad()`, which saves memory when a trained network is used. In training the
loss needs the path back to the parameters, or backward has nothing to follow (2.5.3, 5.2.1).

Fails: one_step_is_one_gradient
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
        with torch.no_grad():
            X = X.reshape((-1, self.W1.shape[0]))
            H = torch.relu(X @ self.W1 + self.b1)
            return H @ self.W2 + self.b2
