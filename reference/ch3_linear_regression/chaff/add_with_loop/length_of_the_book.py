"""You write the book's length into the loop.

There n is 10,000; here it is the length of a, whatever that is (3.1.2).

Fails: accepts_its_arguments
"""

import torch


def add_with_loop(a, b):
    n = 10000
    c = torch.zeros(n)
    for i in range(n):
        c[i] = a[i] + b[i]
    return c
