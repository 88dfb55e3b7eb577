"""What you return is float32, whatever dtype came in.

Digits of float64 that are dropped don't come back. Usually a tensor was made without saying which dtype it
should have, for example by torch.zeros, or the argument was converted first. Keep the dtype of what you were
given (2.1.3).

Fails: right_dtype
"""

import torch


def concatenate(X, Y):
    m, n = X.shape
    below, beside = torch.zeros(2 * m, n), torch.zeros(m, 2 * n)
    below[:m], below[m:] = X, Y
    beside[:, :n], beside[:, n:] = X, Y
    return below, beside
