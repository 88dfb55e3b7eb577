"""You call PyTorch's leaky ReLU with slope 0, which is ReLU.

Its values are right, but it is PyTorch's ReLU in another spelling. Here the point is to write it yourself: the larger
of each element and 0 (5.1.2.1).

Same as: ready_made

Fails: from_scratch
"""

import torch.nn.functional as F


def relu(X):
    return F.leaky_relu(X, negative_slope=0.0)
