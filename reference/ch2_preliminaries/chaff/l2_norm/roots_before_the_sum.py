"""You take the root of each square, and then sum.

The root of a square is the size: that is the l1 norm. First sum, then take the root (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt(x**2).sum()
