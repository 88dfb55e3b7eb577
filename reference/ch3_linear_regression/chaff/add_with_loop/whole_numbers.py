"""Your sums are whole numbers: their fractions are lost.

Often they are written into a tensor of integers, and what is written into one loses its fraction.
torch.zeros(n) makes float32 (3.1.2, 2.1.1).

Fails: right_dtype
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a), dtype=torch.int64)
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c
