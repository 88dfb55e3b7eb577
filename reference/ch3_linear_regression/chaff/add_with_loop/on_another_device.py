"""Your sums are on another device than a.

Often a device is written into the function, which is wrong wherever the arguments are on another one. Collect the
sums where a is: torch.zeros_like(a) is there, too (6.7).

Fails: right_device
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c.to("meta")
