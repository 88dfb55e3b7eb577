"""You add everything up in one number.

Elementwise, each place keeps a sum of its own (3.1.2).

Fails: right_shape
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(())
    for i in range(len(a)):
        c = c + a[i] + b[i]
    return c
