"""You make a new tensor of a Python number, as math.sqrt and .item() give it.

It has lost its dtype and where it came from: torch.tensor makes float32 of it, and no
gradient flows back. torch.sqrt keeps both (2.1.1, 2.3.11).

Fails: right_dtype
"""

import math

import torch


def l2_norm(x):
    squares = (x**2).sum().item()
    return torch.tensor(math.sqrt(squares))
