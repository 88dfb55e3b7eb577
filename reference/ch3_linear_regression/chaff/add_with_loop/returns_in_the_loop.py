"""Only the first sum is in your result; the other places are 0.

Often the function returns inside the loop, which ends it with its first round. The return belongs after the
loop (3.1.2).

Fails: right_values
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
        return c
