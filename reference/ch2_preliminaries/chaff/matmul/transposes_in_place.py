"""Afterwards your caller's B lies on its side: it is transposed in place.

The underscore of t_() says that it happens in B itself. B.T is a new view, and leaves B alone (2.1.5).

Fails: leaves_arguments_alone
"""

import torch


def matmul(A, B):
    B.t_()
    return torch.stack([torch.mv(A, column) for column in B], dim=1)
