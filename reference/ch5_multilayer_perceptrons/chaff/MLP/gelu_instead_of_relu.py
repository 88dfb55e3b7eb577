"""Your hidden layer applies GELU.

It is a smooth relative of relu, which many large language models use; this network has rectified linear units
(5.1.2.1, 5.2.2).

Fails: right_values
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.GELU(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        return self.net(X)
