"""You sum first, and take the absolute value of that.

By then steps in opposite directions have cancelled. The size belongs to each element (2.3.11).

Fails: right_values
"""

import torch


def l1_norm(x):
    return torch.abs(x.sum())
