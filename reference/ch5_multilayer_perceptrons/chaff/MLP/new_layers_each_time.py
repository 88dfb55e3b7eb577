"""Your network has the parameters of its first layer only.

Perhaps forward makes a new output layer each time, or it is kept in a list, where parameters() doesn't look: then
an optimizer doesn't get it. Make both layers once, in __init__ (5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
        )
        self.num_outputs = num_outputs

    def forward(self, X):
        return nn.LazyLinear(self.num_outputs)(self.net(X))
