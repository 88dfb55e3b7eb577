"""Your second result has the numbers of the first in the same order, cut into longer rows.

The size fits, but so rows of X stand behind each other, and Y below, as reshape would put them. Join once
more, along the other axis (2.1.3).

Fails: right_values
"""

import torch


def concatenate(X, Y):
    below = torch.cat((X, Y), dim=0)
    return below, below.reshape(len(X), -1)
