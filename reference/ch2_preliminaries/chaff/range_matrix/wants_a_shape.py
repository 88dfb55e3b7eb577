"""Your function takes one argument, and is called with two.

Perhaps it expects a shape, since torch.zeros and reshape accept a tuple. Whoever calls you passes two
numbers, rows and cols (2.1.1).

Fails: accepts_its_arguments
"""

import torch


def range_matrix(shape):
    return torch.arange(shape[0] * shape[1], dtype=torch.float32).reshape(shape)
