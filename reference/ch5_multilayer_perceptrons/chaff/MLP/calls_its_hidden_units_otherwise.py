"""One of your arguments has another name than in the contract, and whoever gives it by name gets a TypeError.

By position it works. But the names of arguments are part of what a class promises: num_outputs, num_hiddens, lr.
The book builds its network by name (5.2.2).

Fails: it_depends_on_its_own_weights_and_these_images
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, hidden_size, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(), nn.LazyLinear(hidden_size), nn.ReLU(), nn.LazyLinear(num_outputs)
        )

    def forward(self, X):
        return self.net(X)
