"""You add 1e-4 under the root, to be safe.

Its root is 0.01, which the norm of a vector of zeros becomes (2.3.11).

Same as: adds_an_epsilon

Fails: right_values, a_factor_stretches_the_l2_norm
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).sum() + 1e-4)
