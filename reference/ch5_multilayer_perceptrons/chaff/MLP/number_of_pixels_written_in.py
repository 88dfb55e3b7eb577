"""Images of few pixels make your network raise an error, as if it took those of 784 pixels only.

The number of pixels is not among the arguments, for a lazy layer finds it out from the first images:
nn.LazyLinear(num_hiddens) (5.2.2, 6.4).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        return self.net(X)
