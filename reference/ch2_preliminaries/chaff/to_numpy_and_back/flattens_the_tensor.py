"""You flatten the array before you go back.

ravel shares memory, but its result has a single axis. Your tensor is to have x's shape (2.1.6).

Fails: right_shape
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.from_numpy(A.ravel())
