"""You call torch.special.expit, which is the sigmoid's other name.

Its values are right, but the formula is somebody else's. Here the point is to write it yourself: an exponential, a
sum, a division (5.1.2.2).

Fails: from_scratch
"""

import torch


def sigmoid(X):
    return torch.special.expit(X)
