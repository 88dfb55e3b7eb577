"""You turn the array into float32 on the way back.

torch.Tensor, with a capital T, is always float32. For your array of another dtype it copies and rounds;
from_numpy keeps the dtype (2.1.6).

Fails: right_dtype
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.Tensor(A)
