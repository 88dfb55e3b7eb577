"""You turn x into float32 first, as most tensors are.

The digits that it drops don't come back: who hands in float64 wants it back (2.1.1).

Fails: right_dtype
"""

import torch


def l2_norm(x):
    return torch.norm(x.float())
