"""Your network has nothing between the two linear layers.

Two linear layers in a row are one linear layer, whatever their weights are: the network can do no more than
softmax regression. Put nn.ReLU() between them (5.1.1.3, 5.2.2).

Fails: right_values
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        return self.net(X)
