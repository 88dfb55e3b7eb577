"""Your result is the l2 norm.

torch.norm, for example, gives that one where nothing else is said. It is the way as the crow flies. The l1
norm walks along the axes, one after the other (2.3.11).

Fails: right_values
"""

import torch


def l1_norm(x):
    return torch.norm(x)
