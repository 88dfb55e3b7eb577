"""Your matrix has cols rows and rows columns: the two numbers have changed places.

Width times height is how the size of pictures is often given. The shape of a matrix says the number of rows
first, then that of the columns (2.1.1).

Fails: right_shape
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(rows * cols, dtype=torch.float32).reshape(cols, rows)
