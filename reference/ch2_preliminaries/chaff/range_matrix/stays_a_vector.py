"""You return the numbers in one row, as a vector.

arange makes a vector, and reshape returns a new tensor instead of changing the one that it is called on: what
it makes is lost unless you return it (2.1.1).

Fails: right_shape
"""

import torch


def range_matrix(rows, cols):
    x = torch.arange(rows * cols, dtype=torch.float32)
    x.reshape(rows, cols)
    return x
