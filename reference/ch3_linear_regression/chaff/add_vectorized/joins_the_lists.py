"""Your result has the elements of b behind those of a.

For lists + means one behind the other, and torch.cat does it for tensors. With + tensors are added element by
element (3.1.2).

Fails: right_shape
"""

import torch


def add_vectorized(a, b):
    return torch.tensor(a.tolist() + b.tolist(), dtype=a.dtype)
