"""You count down the first column, then down the second.

That is the order in which Fortran keeps matrices. A reshaped tensor is filled row by row: the last index
changes fastest (2.1.1).

Fails: right_values
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(rows * cols, dtype=torch.float32).reshape(cols, rows).T
