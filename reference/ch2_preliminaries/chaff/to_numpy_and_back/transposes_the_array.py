"""Your array is transposed.

In other fields a column holds an example, and .T copies nothing. Here the array is to have every number where
x has it (2.1.6).

Fails: right_values
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A.T, torch.from_numpy(A)
