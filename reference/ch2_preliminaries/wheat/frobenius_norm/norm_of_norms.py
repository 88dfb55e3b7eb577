"""The norm of the rows' norms."""

import torch


def frobenius_norm(A):
    return torch.linalg.vector_norm(torch.linalg.vector_norm(A, dim=1))
