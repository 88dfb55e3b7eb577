"""You call torch.norm, which gives the l2 norm where nothing else is said.

That is the way as the crow flies. The l1 norm walks along the axes, one after the other (2.3.11).

Fails: right_values
"""

import torch


def l1_norm(x):
    return torch.norm(x)
