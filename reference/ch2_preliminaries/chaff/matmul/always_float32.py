"""What you return is float32, whatever dtype came in.

Digits of float64 that are dropped don't come back. Usually a tensor was made without saying which dtype it
should have, for example by torch.zeros, or the argument was converted first. Keep the dtype of what you were
given (2.1.1).

Fails: right_dtype
"""

import torch


def matmul(A, B):
    out = torch.zeros(A.shape[0], B.shape[1])
    out += A @ B
    return out
