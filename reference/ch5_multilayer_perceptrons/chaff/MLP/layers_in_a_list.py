"""Your network has no parameters that parameters() could find.

An nn.Module finds those of the modules that are its attributes, but it doesn't look into lists: layers that are kept in one
are never learned. Use nn.Sequential (6.1.2, 5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = [
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
        ]

    def forward(self, X):
        for layer in self.net:
            X = layer(X)
        return X
