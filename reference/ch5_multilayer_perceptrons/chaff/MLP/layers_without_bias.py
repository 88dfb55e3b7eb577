"""Your layers have no bias.

X W1 without b1 makes every unit switch on and off at a plane through the black image. A linear layer has a
bias unless it is told not to (5.1.1.3, 5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens, bias=False),
            nn.ReLU(),
            nn.LazyLinear(num_outputs, bias=False),
        )

    def forward(self, X):
        return self.net(X)
