"""Your tensor has a single axis, and your array has x's shape.

ravel, for example, shares memory where it can, but its result has a single axis. The tensor is to have x's
shape, too (2.1.6).

Fails: right_shape
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.from_numpy(A.ravel())
