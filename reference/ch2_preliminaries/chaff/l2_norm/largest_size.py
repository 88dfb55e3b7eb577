"""Your result is the size of the largest element.

That is the norm of order infinity. The l2 norm is of order 2 (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.linalg.vector_norm(x, ord=float("inf"))
