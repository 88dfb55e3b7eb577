"""Your forward returns float64, though images and parameters are float32.

The scores should have their dtype: the extra digits are seldom of use, and cost time and memory (2.1, 5.2.2).

Fails: right_dtype
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
        return self.net(X).double()
