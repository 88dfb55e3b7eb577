"""After its first steps, your network stops learning.

Perhaps parameters() gives an iterator that __init__ made once: the first step finds the parameters in it, every later
step finds nothing. Make a new list on each call (5.2.1).

Fails: it_learns_to_recognise_clothes
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
        self.learned = iter([self.W1, self.b1, self.W2, self.b2])

    def parameters(self):
        return self.learned

    def forward(self, X):
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
