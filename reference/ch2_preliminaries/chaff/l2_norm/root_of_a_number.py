"""Your result is float32, as torch.tensor makes it of a Python float.

A Python number, as math.sqrt and .item() give it, has lost its dtype and where it came from. torch.sqrt keeps
both (2.1.1, 2.3.11).

Fails: right_dtype
"""

import math

import torch


def l2_norm(x):
    squares = (x**2).sum().item()
    return torch.tensor(math.sqrt(squares))
