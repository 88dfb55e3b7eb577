"""Detaches, which shares memory, too; returns a list."""

import torch


def to_numpy_and_back(x):
    A = x.detach().cpu().numpy()
    B = torch.asarray(A)
    return [A, B]
