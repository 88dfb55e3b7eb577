"""You let PyTorch's tanh do the work, for example by its layer nn.Tanh.

Its values are right, but it is PyTorch's tanh in another spelling. Here the point is to write it yourself, with
exponentials or by another activation (5.1.2.3).

Same as: ready_made

Fails: from_scratch
"""

from torch import nn


def tanh(X):
    return nn.Tanh()(X)
