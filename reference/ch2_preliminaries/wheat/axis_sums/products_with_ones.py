"""Sums as products with vectors of ones."""

import torch


def axis_sums(A):
    m, n = A.shape
    left, right = torch.ones(m, dtype=A.dtype), torch.ones(n, dtype=A.dtype)
    return left @ A, A @ right, left @ A @ right
