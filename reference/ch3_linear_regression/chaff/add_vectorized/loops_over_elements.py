"""You loop over the elements.

The sums are right, but Python takes every step itself, and each element of a tensor becomes a tensor first. One call
leaves the loop to compiled code (3.1.2).

Fails: it_outruns_a_loop
"""

import torch


def add_vectorized(a, b):
    c = torch.zeros_like(a)
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c
