"""The class is itself a sequence of layers, one of them appended."""

from torch import nn


class MLP(nn.Sequential):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__(nn.Flatten(), nn.LazyLinear(num_hiddens), nn.ReLU())
        self.append(nn.LazyLinear(num_outputs))
        self.lr = lr
