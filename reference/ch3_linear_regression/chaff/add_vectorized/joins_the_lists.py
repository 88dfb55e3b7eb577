"""You add two lists.

For lists + means one behind the other. Tensors are added element by element (3.1.2).

Fails: right_shape
"""

import torch


def add_vectorized(a, b):
    return torch.tensor(a.tolist() + b.tolist(), dtype=a.dtype)
