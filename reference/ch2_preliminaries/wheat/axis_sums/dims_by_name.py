"""torch.sum with dim, the other name of axis."""

import torch


def axis_sums(A):
    return torch.sum(A, dim=0), torch.sum(A, dim=-1), torch.sum(A)
