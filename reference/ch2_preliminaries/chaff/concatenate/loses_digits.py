"""Your results have fewer digits than X and Y: somewhere the numbers went through float32.

That happens, for example, where the new, larger tensor is of torch's default dtype, and is turned into X's
afterwards. Of float64, about half the digits are lost on the way (2.1.1).

Fails: right_values
"""

import torch


def concatenate(X, Y):
    m, n = X.shape
    below, beside = torch.zeros(2 * m, n), torch.zeros(m, 2 * n)
    below[:m], below[m:] = X, Y
    beside[:, :n], beside[:, n:] = X, Y
    return below.to(X.dtype), beside.to(X.dtype)
