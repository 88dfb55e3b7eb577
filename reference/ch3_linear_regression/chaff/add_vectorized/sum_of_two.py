"""You hand two tensors to a function sum, which takes one.

The second argument of torch.sum is an axis: it adds up the elements of one tensor. Two tensors are added by
torch.add, or by the operator (2.3.6, 3.1.2).

Fails: accepts_its_arguments
"""

import torch


def add_vectorized(a, b):
    return torch.sum(a, b)
