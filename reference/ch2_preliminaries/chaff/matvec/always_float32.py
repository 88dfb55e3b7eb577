"""You fill a vector that torch.zeros made, and that is float32 whatever A is.

The digits that it drops don't come back. Name the dtype, or compute without a vector to fill (2.1.1).

Fails: right_dtype
"""

import torch


def matvec(A, x):
    out = torch.zeros(A.shape[0])
    for i, row in enumerate(A):
        out[i] = row @ x
    return out
