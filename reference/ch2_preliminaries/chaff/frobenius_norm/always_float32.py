"""You turn A into float32 first, as most tensors are.

The digits that it drops don't come back: who hands in float64 wants it back (2.1.1).

Fails: right_dtype
"""

import torch


def frobenius_norm(A):
    return torch.norm(A.float())
