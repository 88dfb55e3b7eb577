"""Your network has no parameters that parameters() could find.

Usually the layers are in a list. An nn.Module finds the parameters of the modules that are its attributes, but it
doesn't look into lists, and what isn't found is not learned. Use nn.Sequential (6.1.2, 5.2.2).

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
