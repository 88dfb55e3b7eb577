"""You fill a matrix that torch.zeros made, and that is float32 whatever A is.

The digits that it drops don't come back. Name the dtype, or compute without a matrix to fill (2.1.1).

Fails: right_dtype
"""

import torch


def matmul(A, B):
    out = torch.zeros(A.shape[0], B.shape[1])
    out += A @ B
    return out
