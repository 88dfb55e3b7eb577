"""The last element of your result is 0, and no sum.

Often the loop is over range(n - 1). range(n) ends before n already: with n - 1 the last elements are never
added (3.1.2).

Fails: right_values
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a) - 1):
        c[i] = a[i] + b[i]
    return c
