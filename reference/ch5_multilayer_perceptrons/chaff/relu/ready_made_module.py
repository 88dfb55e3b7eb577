"""You let PyTorch's ReLU do the work, for example by its layer nn.ReLU.

Its values are right, but it is PyTorch's ReLU in another spelling. Here the point is to write it yourself: the larger
of each element and 0 (5.1.2.1).

Same as: ready_made

Fails: from_scratch
"""

from torch import nn


def relu(X):
    return nn.ReLU()(X)
