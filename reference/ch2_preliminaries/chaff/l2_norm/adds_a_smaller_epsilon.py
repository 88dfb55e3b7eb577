"""Your norm of a vector of zeros is 0.01, and not 0.

1e-4 under the root does that, for example: its root is 0.01. A norm of zeros is 0 (2.3.11).

Same as: adds_an_epsilon

Fails: right_values, a_factor_stretches_the_l2_norm
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).sum() + 1e-4)
