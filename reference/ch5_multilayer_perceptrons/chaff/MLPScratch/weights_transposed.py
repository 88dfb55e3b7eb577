"""Your weights have a row for each unit that they lead to: W1 has shape (num_hiddens, num_inputs).

nn.Linear keeps its weight so, and then multiplies by its transpose. Here W1 has a row for each input and W2
one for each hidden unit (5.2.1).

Fails: accepts_its_arguments
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(num_hiddens, num_inputs) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_outputs, num_hiddens) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[1]))
        H = torch.relu(X @ self.W1.T + self.b1)
        return H @ self.W2.T + self.b2
