"""Your sums pile up from call to call.

They are collected in a list that is a default argument, which Python makes once, with the function. Make it in the function
(3.1.2).

Fails: right_shape
"""

import torch


def add_with_loop(a, b, sums=[]):
    for i in range(len(a)):
        sums.append(a[i] + b[i])
    return torch.stack(sums)
