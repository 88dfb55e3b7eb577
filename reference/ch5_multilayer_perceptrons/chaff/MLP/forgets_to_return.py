"""Your forward returns None, not the scores.

Usually the last line lacks `return`: in a notebook a cell shows its last line without being told, but a method gives
back only what it returns (5.2.2).

Fails: right_type
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
        self.net(X)
