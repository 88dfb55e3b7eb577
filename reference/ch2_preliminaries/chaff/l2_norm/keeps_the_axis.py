"""Your result is a vector of length 1.

Summing with keepdim=True keeps the axis, for example. A vector of length 1 has an axis; a scalar has none,
and shape () (2.3.1).

Fails: right_shape
"""

import torch


def l2_norm(x):
    return torch.linalg.vector_norm(x, keepdim=True)
