"""Your sum of squares is halved under the root, as losses halve it.

The half is there for the derivative of a squared loss. A norm has none (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).sum() / 2)
