"""You let PyTorch's negative log-likelihood loss do the work.

Its value is right, but the picking is somebody else's. Here the point is to write it yourself: pick the right
probabilities, take logarithms, a mean, a minus (4.4.3).

Fails: from_scratch
"""

import torch
from torch import nn


def cross_entropy(y_hat, y):
    return nn.NLLLoss()(y_hat.log(), y)
