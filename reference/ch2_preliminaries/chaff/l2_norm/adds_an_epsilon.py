"""You add a small number under the root, to be safe.

A root can be taken of 0; only its derivative can't. Small vectors come out much too long (2.3.11).

Fails: right_values, a_factor_stretches_the_l2_norm
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).sum() + 1e-3)
