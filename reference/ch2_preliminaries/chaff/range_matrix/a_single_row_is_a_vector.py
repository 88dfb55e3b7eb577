"""Where there is a single row or column, your result has no axis for it.

A matrix has two axes, however long they are: (1, n) is not (n,). squeeze(), for example, removes every axis
of length 1 (2.1.1).

Fails: right_shape
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(rows * cols, dtype=torch.float32).reshape(rows, cols).squeeze()
