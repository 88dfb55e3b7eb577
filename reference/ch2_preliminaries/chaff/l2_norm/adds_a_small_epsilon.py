"""Your norm of a vector of zeros is 0.001, and not 0.

1e-6 under the root does that, for example: its root is 0.001. A root can be taken of 0, and a norm of zeros is 0
(2.3.11).

Same as: adds_an_epsilon

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).sum() + 1e-6)
