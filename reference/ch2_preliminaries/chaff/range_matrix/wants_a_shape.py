"""You take the shape as one argument, a tuple.

torch.zeros and reshape accept a tuple, and so it seems natural. Whoever calls you passes two numbers, rows
and cols (2.1.1).

Fails: accepts_its_arguments
"""

import torch


def range_matrix(shape):
    return torch.arange(shape[0] * shape[1], dtype=torch.float32).reshape(shape)
