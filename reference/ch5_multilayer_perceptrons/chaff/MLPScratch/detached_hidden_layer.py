"""Your W1 and b1 don't move in training, as if the hidden layer were cut off from them.

Perhaps by `.detach()`, which is for numbers that are only looked at. The path back to W1 and b1 goes through H:
without it only the second layer learns (2.5.3, 5.2.1).

Same as: hidden_layer_not_learned

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
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H.detach() @ self.W2 + self.b2
