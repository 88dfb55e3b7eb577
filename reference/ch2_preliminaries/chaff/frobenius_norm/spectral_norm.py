"""Your result is the matrix norm of order 2, the largest singular value.

For matrices order 2 means something else than for vectors: how much they can stretch a vector. The Frobenius
norm is the default, or "fro" (2.3.11).

Fails: right_values
"""

import torch


def frobenius_norm(A):
    return torch.linalg.matrix_norm(A, ord=2)
