"""Your result is cut off from one of the two vectors: no gradient flows back to it.

That happens where the elements of one of them are taken out by `.item()` or `.tolist()`, as numbers to add. Each of them would
learn from every sum that it is a part of (2.5.3).

Fails: right_gradient
"""

import torch


def broadcast_sum(a, b):
    return torch.stack([number + b for number in a.tolist()])
