"""You count from 1.

It is how people count, and the last number is then a nice rows times cols. Python counts from 0, and so does
arange unless you say otherwise (2.1.1).

Fails: right_values
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(1, rows * cols + 1, dtype=torch.float32).reshape(rows, cols)
