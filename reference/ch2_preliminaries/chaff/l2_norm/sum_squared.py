"""Your result is the size of the sum.

The root of a squared sum, for example, is that, and steps in opposite directions cancel in it. Each element
is squared by itself (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt(x.sum() ** 2)
