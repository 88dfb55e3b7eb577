"""You flatten the array, and make the tensor of that.

For the book's vector it does nothing, and the memory is still x's. But both are to have x's shape, too (2.1.6).

Fails: right_shape
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy().reshape(-1)
    return A, torch.from_numpy(A)
