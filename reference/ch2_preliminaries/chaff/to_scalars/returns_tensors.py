"""You return tensors, and not numbers of Python.

A tensor of one element prints almost like a number, but it is still a tensor. item, float and int make
numbers of Python out of it (2.1.6).

Fails: right_type
"""

import torch


def to_scalars(x):
    return x, x.to(torch.float64), x.to(torch.int64)
