"""You collect the dot products in a list, and return that.

torch.stack makes a vector of them, which others can compute with (2.3.9).

Fails: right_type
"""

import torch


def matvec(A, x):
    return [torch.dot(row, x) for row in A]
