"""Your network's lr is a number written in, whatever learning rate it is given.

lr is an argument: whoever makes the network chooses it, and its optimizer takes self.lr. With another number training
diverges, or takes longer (3.5.4, 5.2.2).

Fails: it_depends_on_its_own_weights_and_these_images
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.lr = 0.01
        self.net = nn.Sequential(nn.Flatten(), nn.LazyLinear(num_hiddens), nn.ReLU(), nn.LazyLinear(num_outputs))

    def forward(self, X):
        return self.net(X)
