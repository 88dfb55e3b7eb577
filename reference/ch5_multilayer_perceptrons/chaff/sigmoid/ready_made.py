"""You call PyTorch's own sigmoid.

Its values are right, and outside this exercise it is what you should use. Here the point is to write it yourself: an
exponential, a sum, a division (5.1.2.2).

Fails: from_scratch
"""

import torch.nn.functional as F


def sigmoid(X):
    return F.sigmoid(X)
