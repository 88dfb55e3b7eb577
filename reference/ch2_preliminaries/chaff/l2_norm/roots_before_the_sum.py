"""Your result is the sum of the sizes, the l1 norm.

The root of a single square is the element's size. First sum the squares, then take the root (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt(x**2).sum()
