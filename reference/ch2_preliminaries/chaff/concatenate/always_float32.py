"""You write both into tensors of float32.

torch.zeros makes float32 unless you ask for another dtype, and the digits that it drops don't come back.
Joining keeps the dtype (2.1.3).

Fails: right_dtype
"""

import torch


def concatenate(X, Y):
    m, n = X.shape
    below, beside = torch.zeros(2 * m, n), torch.zeros(m, 2 * n)
    below[:m], below[m:] = X, Y
    beside[:, :n], beside[:, n:] = X, Y
    return below, beside
