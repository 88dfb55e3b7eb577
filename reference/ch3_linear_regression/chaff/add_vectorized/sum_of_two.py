"""You hand both vectors to torch.sum.

Its second argument is an axis: torch.sum adds up the elements of one tensor. Two tensors are added by torch.add, or by
the operator (2.3.6, 3.1.2).

Fails: accepts_its_arguments
"""

import torch


def add_vectorized(a, b):
    return torch.sum(a, b)
