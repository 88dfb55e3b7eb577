"""You return all five results in one tensor.

It can be taken apart like a tuple, but it is a single tensor with one more axis. Five results are returned
with commas between them, and you need nothing else (2.1.3).

Fails: right_type
"""

import torch


def elementwise(x, y):
    return torch.stack([x + y, x - y, x * y, x / y, x**y])
