"""What is written into x is seen in your array, and not in your tensor.

torch.tensor, for example, always copies what it is given. from_numpy makes a tensor that shares the array's
memory (2.1.6).

Same as: tensor_of_a_copy

Fails: what_is_written_into_x_stands_in_both
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.tensor(A)
