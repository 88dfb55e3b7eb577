"""Your array and your tensor both have a single axis.

For a vector that makes no difference. But both are to have x's shape, which reshape(-1) and flatten, for example,
don't keep (2.1.6).

Fails: right_shape
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy().reshape(-1)
    return A, torch.from_numpy(A)
