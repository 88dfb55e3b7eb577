"""Your numbers are integers.

torch.arange of an integer makes a tensor of int64, in which no gradient can flow and 1 / 2 has no place. Ask
for dtype=torch.float32 (2.1.1).

Fails: right_dtype
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(rows * cols).reshape(rows, cols)
