"""You count the axes from 1.

A matrix has axes 0 and 1; your axis 2 doesn't exist. Axis 0 goes down the rows, axis 1 along the columns
(2.1.3).

Fails: accepts_its_arguments
"""

import torch


def concatenate(X, Y):
    return torch.cat((X, Y), dim=1), torch.cat((X, Y), dim=2)
