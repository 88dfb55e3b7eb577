"""Your result is the largest sum of sizes in a column.

That is the matrix norm of order 1. The Frobenius norm takes squares, of all elements (2.3.11).

Fails: right_values, the_transpose_has_the_same_norm
"""

import torch


def frobenius_norm(A):
    return torch.linalg.matrix_norm(A, ord=1)
