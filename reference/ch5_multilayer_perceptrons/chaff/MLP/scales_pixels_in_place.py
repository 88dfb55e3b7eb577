"""Your forward changes the images, which are your caller's.

Perhaps their pixels are divided by 255: they lie between 0 and 1 already (4.2.1), and `/=` writes into the tensor
that you were given, which may be the data set's own. forward only reads X (2.1.5, 5.2.2).

Fails: leaves_arguments_alone
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
        X /= 255
        return self.net(X)
