"""Your forward returns the class with the largest score for each image.

argmax is for the end, to count what was right. Its steps have no gradient, and the loss wants the scores of
all classes (4.1.2, 5.2.2).

Fails: right_shape
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
        return self.net(X).argmax(dim=1)
