"""Your results have three axes: X and Y stand along a new one.

stack, for example, puts matrices behind each other, into a tensor with three axes. cat makes an axis longer
that the matrices have already (2.1.3).

Fails: right_shape
"""

import torch


def concatenate(X, Y):
    return torch.stack((X, Y), dim=0), torch.stack((X, Y), dim=1)
