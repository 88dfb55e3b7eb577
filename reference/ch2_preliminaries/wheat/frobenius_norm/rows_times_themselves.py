"""Einstein's notation, and a root."""

import torch


def frobenius_norm(A):
    return torch.einsum("ij,ij->", A, A) ** 0.5
