"""You start each row at 0 again.

Repeating one row makes all rows equal, and for a matrix of a single row nobody sees it. Your numbers have to
go on where the row above ended (2.1.1).

Fails: right_values
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(cols, dtype=torch.float32).repeat(rows, 1)
