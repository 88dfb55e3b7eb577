"""Your sums are float64, with digits that sums of float32 don't have.

Often numbers of Python are added, as .item() gives them, and collected by NumPy. An element of a tensor is a
tensor itself: a[i] + b[i] needs no .item(). np.zeros makes float64, and from_numpy keeps it.
torch.zeros_like(a) has the dtype of a (2.1.1, 3.1.2).

Same as: collects_in_float64

Fails: right_dtype
"""

import numpy as np
import torch


def add_with_loop(a, b):
    sums = np.zeros(len(a))
    for i in range(len(a)):
        sums[i] = a[i].item() + b[i].item()
    return torch.from_numpy(sums)
