"""Your result is a vector that holds the one number.

A vector of length 1 has an axis; a scalar has none, and shape () (2.3.1).

Fails: right_shape
"""

import torch


def dot(x, y):
    return torch.dot(x, y).reshape(1)
