"""Your network drops hidden units at random.

Dropout comes in 5.6; here an image has the same scores each time (5.2.2).

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
            nn.Dropout(0.5),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        return self.net(X)
