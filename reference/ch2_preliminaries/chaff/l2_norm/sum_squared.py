"""You square the sum, and take its root.

That gives back the size of the sum, in which steps in opposite directions cancel. Each element is squared by
itself (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    return torch.sqrt(x.sum() ** 2)
