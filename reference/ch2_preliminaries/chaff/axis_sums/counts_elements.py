"""You return how many elements there are, not their sum.

For a matrix of ones that is the same. numel and shape count; sum adds up (2.3.5, 2.3.6).

Fails: right_values
"""

import torch


def axis_sums(A):
    ones = torch.ones_like(A)
    return ones.sum(axis=0), ones.sum(axis=1), ones.sum()
