"""An index of yours is out of range.

Often the loop goes on beyond the last element: with the book's 10,000 written into it, for example, or one
round too many. n is the length of a, whatever that is (3.1.2).

Fails: accepts_its_arguments
"""

import torch


def add_with_loop(a, b):
    n = 10000
    c = torch.zeros(n)
    for i in range(n):
        c[i] = a[i] + b[i]
    return c
