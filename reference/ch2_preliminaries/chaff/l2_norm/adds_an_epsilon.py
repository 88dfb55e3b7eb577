"""Your norms of small vectors are too large, as if a small number were added under the root.

A root can be taken of 0; only a derivative is missing there. Even a small number there makes much smaller
vectors come out much too long (2.3.11).

Fails: right_values, a_factor_stretches_the_l2_norm
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).sum() + 1e-3)
