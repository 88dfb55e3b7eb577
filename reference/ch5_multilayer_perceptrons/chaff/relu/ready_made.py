"""You call PyTorch's own ReLU.

Its values are right, and outside this exercise it is what you should use. Here the point is to write it yourself: the
larger of each element and 0 (5.1.2.1).

Fails: from_scratch
"""

import torch


def relu(X):
    return torch.relu(X)
