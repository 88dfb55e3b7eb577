"""You return inside the loop.

It ends with its first round: only one element is added. The return belongs after the loop (3.1.2).

Fails: right_values
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
        return c
