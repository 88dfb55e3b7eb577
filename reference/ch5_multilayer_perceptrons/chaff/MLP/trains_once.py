"""Your forward returns scores that it has computed before, with other parameters.

Perhaps it keeps those of the first batch that it has seen of a size. A cache is for what never changes. The
parameters change with each step, and with them the scores (5.2.2).

Fails: right_values
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.seen = {}
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        if X.shape not in self.seen:
            self.seen[X.shape] = self.net(X)
        return self.seen[X.shape]
