"""You collect the sums on a device of your choice, and not where a is.

A device that is written into a function is wrong on every other machine (6.7).

Fails: right_device
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c.to("meta")
