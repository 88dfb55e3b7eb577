"""You make the second result from the first by another shape.

The size fits, but reshape fills row by row: you get rows of X behind each other, and Y below. Join once more,
along the other axis (2.1.3).

Fails: right_values
"""

import torch


def concatenate(X, Y):
    below = torch.cat((X, Y), dim=0)
    return below, below.reshape(len(X), -1)
