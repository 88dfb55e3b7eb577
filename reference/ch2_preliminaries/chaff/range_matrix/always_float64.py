"""Your numbers are float64, and not float32.

That is NumPy's default for floating numbers, and from_numpy keeps it. PyTorch's default is float32, which is
asked for here (2.1.1, 2.1.6).

Fails: right_dtype
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(rows * cols, dtype=torch.float64).reshape(rows, cols)
