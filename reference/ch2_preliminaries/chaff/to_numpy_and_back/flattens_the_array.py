"""Your array has a single axis.

reshape(-1), for example, shares memory where it can, but its result has a single axis. The array is to have
x's shape, as the tensor has (2.1.6).

Fails: right_values
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A.reshape(-1), torch.from_numpy(A)
