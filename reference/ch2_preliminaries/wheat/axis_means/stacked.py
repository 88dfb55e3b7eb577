"""Loops over rows and columns, put together by stack."""

import torch


def axis_means(A):
    along = torch.stack([torch.mean(row) for row in A])
    down = torch.stack([A[:, j].mean() for j in range(A.shape[1])])
    return down, along, torch.mean(A)
