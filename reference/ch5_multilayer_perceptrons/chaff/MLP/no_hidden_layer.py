"""Your network has no hidden layer.

This is softmax regression. A layer of num_hiddens units with relu comes first (5.1.1, 5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        return self.net(X)
