"""allclose: differences of the size of rounding are forgiven."""

import torch


def is_symmetric(A):
    return torch.allclose(A, A.t())
