"""Your networks share layers, which are settled on the number of pixels that the first images had.

Layers that are kept in a global name, on the class or in a default argument, for example, are made once, and each new
object gets the same ones. Make them in __init__, for this object alone (3.2.1, 5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn

NETS = {}


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        net = nn.Sequential(nn.Flatten(), nn.LazyLinear(num_hiddens), nn.ReLU(), nn.LazyLinear(num_outputs))
        self.net = NETS.setdefault((num_outputs, num_hiddens), net)

    def forward(self, X):
        return self.net(X)
