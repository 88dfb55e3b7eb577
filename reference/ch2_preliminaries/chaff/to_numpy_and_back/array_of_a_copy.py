"""You return a tensor that shares x's memory, and an array that does not.

np.array copies, and so does astype, even where the dtype stays. Such an array is a photograph of x; return
the one that numpy() gives (2.1.6).

Fails: what_is_written_into_x_stands_in_both
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A.astype(A.dtype), torch.from_numpy(A)
