"""You write the sums into a tensor of float32.

torch.zeros makes float32 unless you ask for another dtype, and the digits that it drops don't come back. The
sum of a column and a row has their dtype by itself (2.1.4).

Fails: right_dtype
"""

import torch


def broadcast_sum(a, b):
    out = torch.zeros(len(a), len(b))
    for i in range(len(a)):
        out[i] = a[i] + b
    return out
