"""Your numbers are spread evenly from 0 to rows times cols.

The steps between them are larger than 1: linspace, for example, includes its end. Of n numbers that begin
with 0 the last one is n - 1; arange leaves its end out (2.1.1).

Fails: right_values
"""

import torch


def range_matrix(rows, cols):
    n = rows * cols
    return torch.linspace(0, n, n).reshape(rows, cols)
