"""Your function returns None.

Usually it ends without `return`. In a notebook a cell shows its last line without being told; a function
gives back only what it returns (2.1.1).

Fails: right_type
"""

import torch


def range_matrix(rows, cols):
    X = torch.arange(rows * cols, dtype=torch.float32).reshape(rows, cols)
