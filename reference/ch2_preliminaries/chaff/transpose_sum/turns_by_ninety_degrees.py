"""Your result is the sum turned by 90 degrees.

The shape is right, and so is a single row. But a transpose mirrors at the diagonal, which stays in place; a
turn moves the first row to the last column (2.3.3).

Fails: right_values
"""

import torch


def transpose_sum(A, B):
    return torch.rot90(A + B, k=-1)
