"""Training leaves your b2, the bias of the output layer, as it was.

Usually parameters() doesn't give it: nn.Module knows what is an nn.Parameter, and a plain tensor isn't one, even if it requires a
gradient. All four are parameters (5.2.1).

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

    def parameters(self):
        return [self.W1, self.b1, self.W2]

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
