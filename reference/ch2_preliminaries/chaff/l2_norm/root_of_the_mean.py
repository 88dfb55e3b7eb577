"""Your result is the root of the mean of squares.

That is the root mean square, which doesn't grow with more elements. A length does (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).mean())
