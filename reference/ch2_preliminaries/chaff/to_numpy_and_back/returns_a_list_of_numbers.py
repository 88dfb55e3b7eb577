"""You return lists of Python numbers instead of an array.

tolist copies every number out of the tensor. A NumPy array is what your tensor's method numpy returns
(2.1.6).

Fails: right_type
"""

import torch


def to_numpy_and_back(x):
    A = x.tolist()
    return A, torch.tensor(A)
