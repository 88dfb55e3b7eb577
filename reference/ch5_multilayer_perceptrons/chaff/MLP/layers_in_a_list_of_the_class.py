"""Your second network contains the layers of the first, and shares them.

Usually the layers are appended to a list of the class, and there is one such list for all objects. Make the list in
__init__, for this object alone (3.2.1, 5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    layers = []

    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.lr = lr
        self.layers.append(nn.Flatten())
        self.layers.append(nn.LazyLinear(num_hiddens))
        self.layers.append(nn.ReLU())
        self.layers.append(nn.LazyLinear(num_outputs))
        self.net = nn.Sequential(*self.layers)

    def forward(self, X):
        return self.net(X)
