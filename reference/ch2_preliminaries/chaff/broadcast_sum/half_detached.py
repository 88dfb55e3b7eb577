"""Your result is cut off from a: the numbers are right, but no gradient flows back to it.

That happens, for example, where the elements of a are taken out by `.item()` or `.tolist()`, as numbers to
add. Each of them would learn from every sum that it is a part of (2.5.3).

Fails: right_gradient
"""

import torch


def broadcast_sum(a, b):
    return torch.stack([number + b for number in a.tolist()])
