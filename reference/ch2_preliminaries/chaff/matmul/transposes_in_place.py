"""You transpose B by t_(), to go through its columns as rows.

The underscore says that it happens in B itself: your caller's matrix lies on its side now. B.T is a new view,
and leaves B alone (2.1.5).

Fails: leaves_arguments_alone
"""

import torch


def matmul(A, B):
    B.t_()
    return torch.stack([torch.mv(A, column) for column in B], dim=1)
