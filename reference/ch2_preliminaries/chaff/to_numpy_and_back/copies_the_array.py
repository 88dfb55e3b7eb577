"""You copy the array before you make a tensor of it.

A copy is the safe choice where nobody may notice later changes. Here array and tensor are to share x's
memory, and yours have a memory of their own: numpy alone copies nothing (2.1.6).

Fails: what_is_written_into_x_stands_in_both
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy().copy()
    return A, torch.from_numpy(A)
