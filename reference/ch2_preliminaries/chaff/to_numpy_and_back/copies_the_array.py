"""Neither your array nor your tensor shares x's memory: somewhere x is copied.

clone, copy and np.array make a copy, which is the safe choice where later changes of x are not to be seen.
Here sharing is the point: the tensor's own method numpy copies nothing (2.1.6).

Fails: what_is_written_into_x_stands_in_both
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy().copy()
    return A, torch.from_numpy(A)
