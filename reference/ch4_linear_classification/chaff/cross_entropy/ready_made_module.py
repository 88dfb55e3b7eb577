"""You call PyTorch's loss nn.NLLLoss, on the logarithms of the probabilities.

Its value is right, but the picking and the mean are somebody else's. Here the point is to write them yourself (4.4.3).

Fails: from_scratch
"""

import torch
from torch import nn


def cross_entropy(y_hat, y):
    return nn.NLLLoss()(y_hat.log(), y)
