"""You make the tensor by torch.tensor.

torch.tensor always copies what it is given. Your array shares x's memory, your tensor does not: from_numpy
makes one that does (2.1.6).

Same as: tensor_of_a_copy

Fails: what_is_written_into_x_stands_in_both
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.tensor(A)
