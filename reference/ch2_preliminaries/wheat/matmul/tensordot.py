"""Sums over one axis of each."""

import torch


def matmul(A, B):
    return torch.tensordot(A, B, dims=1)
