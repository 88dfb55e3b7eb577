"""The sum over the rows of a stack."""

import torch


def add_vectorized(a, b):
    return torch.stack((a, b)).sum(dim=0)
