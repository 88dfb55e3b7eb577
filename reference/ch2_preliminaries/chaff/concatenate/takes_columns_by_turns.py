"""Your second result takes the columns of X and Y by turns.

That happens where each element of X is paired with one of Y, as stack along a new last axis does. All columns
of X come first: cat with dim=1 (2.1.3).

Fails: right_values
"""

import torch


def concatenate(X, Y):
    pairs = torch.stack((X, Y), dim=2)
    return torch.cat((X, Y), dim=0), pairs.reshape(len(X), -1)
