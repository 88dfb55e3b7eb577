"""Your result has fewer digits than x and y: somewhere it went through float32.

The dtype is right, but about half of float64's digits are gone. That happens where arguments, or what is
computed, are turned into float32, and back. Operations on tensors compute in the dtype that these have
(2.3.8).

Fails: right_values
"""

import torch


def dot(x, y):
    return torch.dot(x.float(), y.float()).to(x.dtype)
