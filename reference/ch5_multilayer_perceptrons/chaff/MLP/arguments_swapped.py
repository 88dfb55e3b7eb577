"""Your __init__ takes num_hiddens before num_outputs.

Where the caller gives them by their place, 10 classes become 10 hidden units. The order is num_outputs, num_hiddens
(5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_hiddens, num_outputs, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        return self.net(X)
