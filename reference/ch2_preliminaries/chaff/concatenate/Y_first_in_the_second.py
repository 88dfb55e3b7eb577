"""In your second result, Y is on the left.

The order in which torch.cat is given the tensors is that of the result, along any axis: X is on the left, Y
on the right (2.1.3).

Fails: right_values
"""

import torch


def concatenate(X, Y):
    return torch.cat((X, Y), dim=0), torch.cat((Y, X), dim=1)
