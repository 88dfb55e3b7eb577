"""Your result has a norm for each column.

With axis 0 norms are taken down the rows. The whole matrix has one norm: leave the axis out (2.3.11).

Fails: right_shape
"""

import torch


def frobenius_norm(A):
    return torch.norm(A, dim=0)
