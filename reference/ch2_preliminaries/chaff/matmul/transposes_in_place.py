"""Your code changes B itself, which is your caller's.

A method whose name ends in _, such as t_(), changes the tensor that it is called on: B lies on its side
afterwards. B.T is a new view, and leaves B alone (2.1.5).

Fails: leaves_arguments_alone
"""

import torch


def matmul(A, B):
    B.t_()
    return torch.stack([torch.mv(A, column) for column in B], dim=1)
