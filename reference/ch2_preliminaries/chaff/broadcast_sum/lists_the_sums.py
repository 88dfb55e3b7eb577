"""You return all sums in one long vector.

They are in the right order, but a vector has lost what is in which row: your result is to have two axes, one
for each of the arguments (2.1.4).

Fails: right_shape
"""

import torch


def broadcast_sum(a, b):
    return torch.cartesian_prod(a, b).sum(dim=1)
