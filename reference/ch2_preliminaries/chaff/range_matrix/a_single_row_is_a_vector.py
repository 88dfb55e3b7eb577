"""Your matrix of a single row, or column, has one axis only.

A matrix has two, however long they are: (1, n) is not (n,). squeeze() removes every axis of length 1 (2.1.1).

Fails: right_shape
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(rows * cols, dtype=torch.float32).reshape(rows, cols).squeeze()
