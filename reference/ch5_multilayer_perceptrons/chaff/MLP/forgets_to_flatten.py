"""Your network takes the images as they are, with axes for channel, height and width.

A linear layer works on the last axis: it takes each row of pixels for an example. nn.Flatten() makes one row
of each image (5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        return self.net(X)
