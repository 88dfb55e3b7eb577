"""A step along the gradients of your parameters() leaves all four tensors as they were drawn.

Perhaps parameters() doesn't have them: an nn.Module finds an nn.Parameter that is its attribute, but no plain tensor,
even with requires_grad=True. Or it has copies of them. Make each an nn.Parameter (5.2.1).

Fails: one_step_is_one_gradient
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = (torch.randn(num_inputs, num_hiddens) * sigma).requires_grad_()
        self.b1 = torch.zeros(num_hiddens, requires_grad=True)
        self.W2 = (torch.randn(num_hiddens, num_outputs) * sigma).requires_grad_()
        self.b2 = torch.zeros(num_outputs, requires_grad=True)

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
