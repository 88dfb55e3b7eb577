"""You return the dot products in a list.

torch.stack makes a vector of a list of tensors, torch.tensor of a list of numbers, with which others can
compute (2.3.9).

Fails: right_type
"""

import torch


def matvec(A, x):
    return [torch.dot(row, x) for row in A]
