"""You add up all elements.

torch.sum makes one number of a vector. Elementwise, each place keeps a sum of its own (2.3.6, 3.1.2).

Fails: right_shape
"""

import torch


def add_vectorized(a, b):
    return torch.sum(a) + torch.sum(b)
