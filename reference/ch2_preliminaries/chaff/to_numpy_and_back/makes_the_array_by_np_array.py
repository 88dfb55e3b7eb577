"""Your array is a copy of x, and so is your tensor.

np.array copies unless it is told otherwise, and what is made of its result doesn't share x's memory, either.
The tensor's own method numpy copies nothing (2.1.6).

Same as: copies_the_array

Fails: what_is_written_into_x_stands_in_both
"""

import numpy as np
import torch


def to_numpy_and_back(x):
    A = np.array(x)
    return A, torch.from_numpy(A)
