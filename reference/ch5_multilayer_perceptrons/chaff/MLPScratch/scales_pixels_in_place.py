"""Your forward changes the images, which are your caller's.

Perhaps their pixels are divided by 255: they lie between 0 and 1 already (4.2.1), and `/=` writes into the tensor
that you were given, which may be the data set's own. forward only reads X (2.1.5, 5.2.1).

Fails: leaves_arguments_alone
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
        X /= 255
        X = X.reshape((-1, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
