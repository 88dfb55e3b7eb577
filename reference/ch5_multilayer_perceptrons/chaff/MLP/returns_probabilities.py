"""Your network ends with a softmax.

In 4.4 the model returned probabilities. From 4.5 on the loss takes scores and applies softmax itself, so that
nothing overflows; a second one usually makes learning slower (4.5.2, 5.2.2).

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
            nn.LazyLinear(num_outputs),
            nn.Softmax(dim=1),
        )

    def forward(self, X):
        return self.net(X)
