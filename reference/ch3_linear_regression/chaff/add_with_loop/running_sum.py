"""Each place of your result has the sums of the places before it added, too.

It should have the sum of its own two elements, and nothing else (3.1.2).

Fails: right_values
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    total = 0
    for i in range(len(a)):
        total += a[i] + b[i]
        c[i] = total
    return c
