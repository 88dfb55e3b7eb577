"""You return a Python number, as, for example, .item() gives it.

It has the same value, but no gradient can flow through it, and it has lost its dtype. Leave it a tensor of
shape () (2.3.1).

Fails: right_type
"""

import torch


def dot(x, y):
    return torch.dot(x, y).item()
