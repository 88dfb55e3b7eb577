"""The weights of your layers are drawn anew in each call of forward.

Perhaps it makes the layers. Then the same images get other scores at every call, and what a step has learned is
forgotten. Make them once, in __init__; lazy layers wait for the first images by themselves (5.2.2).

Fails: right_values
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.num_outputs, self.num_hiddens, self.lr = num_outputs, num_hiddens, lr

    def forward(self, X):
        self.net = nn.Sequential(
            nn.Flatten(), nn.LazyLinear(self.num_hiddens), nn.ReLU(), nn.LazyLinear(self.num_outputs)
        )
        return self.net(X)
