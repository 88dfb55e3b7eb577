"""Your result is the size of the sum.

By then steps in opposite directions have cancelled. The size belongs to each element: sizes first, and then
the sum (2.3.11).

Fails: right_values
"""

import torch


def l1_norm(x):
    return torch.abs(x.sum())
