"""Your result is the root of the mean of squares.

That is the root mean square, which is the same for (3, 3) as for (3, 3, 3). A length grows with each element
that isn't 0 (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).mean())
