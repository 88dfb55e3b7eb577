"""You let PyTorch's CrossEntropyLoss, the layer, do the work.

Its value is right on logarithms of probabilities, and outside this exercise such a loss is what you should use.
Here the point is to write it yourself: pick the right probabilities, take logarithms, a mean, a minus (4.4.3).

Same as: ready_made

Fails: from_scratch
"""

from torch import nn


def cross_entropy(y_hat, y):
    return nn.CrossEntropyLoss()(y_hat.log(), y)
