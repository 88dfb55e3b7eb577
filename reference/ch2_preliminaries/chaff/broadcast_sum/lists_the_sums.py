"""You return all sums in one row.

They are in the right order, but a vector has lost who is in which row: your result has two axes, one for each
of the arguments (2.1.4).

Fails: right_shape
"""

import torch


def broadcast_sum(a, b):
    return torch.cartesian_prod(a, b).sum(dim=1)
