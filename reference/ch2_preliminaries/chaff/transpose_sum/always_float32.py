"""You fill a matrix that torch.zeros made, and that is float32 whatever A is.

The digits that it drops don't come back. Name the dtype, or start from A (2.1.1).

Fails: right_dtype
"""

import torch


def transpose_sum(A, B):
    out = torch.zeros(A.shape[1], A.shape[0])
    out += A.T + B.T
    return out
