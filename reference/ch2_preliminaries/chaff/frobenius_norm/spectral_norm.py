"""Your result is the matrix norm of order 2, the largest singular value.

For matrices order 2 means something else than for vectors: how much they can stretch a vector. The Frobenius
norm is what torch.linalg.matrix_norm gives by default, or with ord="fro" (2.3.11).

Fails: right_values
"""

import torch


def frobenius_norm(A):
    return torch.linalg.matrix_norm(A, ord=2)
