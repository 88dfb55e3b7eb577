"""Your array shares x's memory, and your tensor does not: it is a copy.

torch.tensor always copies what it is given, and so does clone. torch.from_numpy makes a tensor that shares
the array's memory (2.1.6).

Fails: what_is_written_into_x_stands_in_both
"""

import torch


def to_numpy_and_back(x):
    array = x.numpy()
    return array, torch.from_numpy(array).clone()
