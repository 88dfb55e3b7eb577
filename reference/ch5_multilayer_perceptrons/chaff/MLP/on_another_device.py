"""Your scores are not where the images and the parameters are.

A device that is written into a model is wrong wherever the images are on another one. What is computed from X and
the parameters is where they are, by itself (6.7).

Fails: right_device
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
        )

    def forward(self, X):
        return self.net(X).to("meta")
