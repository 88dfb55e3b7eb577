"""Your code asks for an axis, or an index, that doesn't exist.

Often the axes are counted from 1: a matrix has axes 0 and 1, and no axis 2. Axis 0 goes down the rows, axis 1
along the columns (2.1.3).

Fails: accepts_its_arguments
"""

import torch


def concatenate(X, Y):
    return torch.cat((X, Y), dim=1), torch.cat((X, Y), dim=2)
