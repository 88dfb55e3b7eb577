"""Your first result is a list of Python's numbers, not an array.

tolist, for example, copies every number out of the tensor. A NumPy array is what a tensor's method numpy
returns (2.1.6).

Fails: right_type
"""

import torch


def to_numpy_and_back(x):
    A = x.tolist()
    return A, torch.tensor(A)
