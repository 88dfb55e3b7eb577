"""Only your second layer learns: W1 and b1 stay as they were drawn.

Perhaps they are plain tensors, which parameters() doesn't know: in an nn.Module what is learned is wrapped in
nn.Parameter. Or forward cuts the hidden layer off from them, by `.detach()` for example (2.5.3, 5.2.1).

Fails: one_step_is_one_gradient
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = (torch.randn(num_inputs, num_hiddens) * sigma).requires_grad_()
        self.b1 = torch.zeros(num_hiddens, requires_grad=True)
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
