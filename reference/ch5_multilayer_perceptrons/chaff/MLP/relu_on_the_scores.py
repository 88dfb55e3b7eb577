"""Your network ends with a relu.

A score below zero says that a class is unlikely; cut off at zero it says nothing, and no gradient tells it to
change. Only the hidden layer has one (5.2.2).

Fails: right_values
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
            nn.ReLU(),
        )

    def forward(self, X):
        return self.net(X)
