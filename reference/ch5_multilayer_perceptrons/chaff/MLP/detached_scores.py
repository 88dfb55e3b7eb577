"""Your scores are cut off from the parameters.

`.detach()`, for example, is for numbers that are only looked at. The loss needs the path back to the parameters, or
backward has nothing to follow (2.5.3, 5.2.2).

Fails: one_step_is_one_gradient
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
        return self.net(X).detach()
