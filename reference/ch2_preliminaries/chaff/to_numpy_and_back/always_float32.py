"""Your tensor is float32, whatever dtype came in.

Digits of float64 that are dropped don't come back, and what is converted is copied. Usually that comes from
`.float()` or torch.Tensor. torch.from_numpy keeps the array's dtype and its memory (2.1.6).

Fails: right_dtype
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.Tensor(A)
