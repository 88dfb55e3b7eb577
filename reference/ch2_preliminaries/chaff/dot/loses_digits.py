"""You compute in float32, and turn the result back.

The dtype is right, but half of float64's digits are gone. Operations on tensors compute in the dtype that these have (2.3.8).

Fails: right_values
"""

import torch


def dot(x, y):
    return torch.dot(x.float(), y.float()).to(x.dtype)
