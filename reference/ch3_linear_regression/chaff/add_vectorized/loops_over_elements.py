"""Your sums are right, but not 20 times as fast as those of a loop over plain numbers.

Often Python takes every step itself, and each element of a tensor becomes a tensor first. One call leaves the
loop to compiled code (3.1.2).

Fails: it_outruns_a_loop
"""

import torch


def add_vectorized(a, b):
    c = torch.zeros_like(a)
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c
