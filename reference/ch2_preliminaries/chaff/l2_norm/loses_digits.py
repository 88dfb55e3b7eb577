"""You compute in float32, and turn the result back.

The dtype is right, but half of float64's digits are gone. Operations on tensors compute in the dtype that these have (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.norm(x.float()).to(x.dtype)
