"""You collect the sums in a tensor of whole numbers.

What is written into it loses its fraction. torch.zeros(n) makes float32 (3.1.2, 2.1.1).

Fails: right_dtype
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a), dtype=torch.int64)
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c
