"""The root of the trace of AᵀA."""

import torch


def frobenius_norm(A):
    return torch.trace(A.T @ A).sqrt()
