"""You loop over range(n - 1).

range(n) ends before n already: with n - 1 the last element is never added and stays 0 (3.1.2).

Fails: right_values
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a) - 1):
        c[i] = a[i] + b[i]
    return c
