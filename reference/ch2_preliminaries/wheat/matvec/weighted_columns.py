"""A sum of columns, each weighed by an element of x."""

import torch


def matvec(A, x):
    result = torch.zeros(A.shape[0], dtype=A.dtype)
    for j in range(A.shape[1]):
        result = result + x[j] * A[:, j]
    return result
