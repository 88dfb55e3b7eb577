"""You return a Python number, as .item() and float(...) give it.

It looks the same when printed, but no gradient can flow through it, and it has lost its dtype. Leave it a
tensor of shape () (2.3.1).

Fails: right_type
"""

import torch


def dot(x, y):
    return torch.dot(x, y).item()
