"""You add up as many products as A has rows.

With a square A it makes no difference. A sum goes along the axis that the two matrices share: A's columns and
B's rows (2.3.10).

Fails: accepts_its_arguments
"""

import torch


def matmul(A, B):
    C = torch.zeros(len(A), B.shape[1], dtype=A.dtype)
    for i in range(len(A)):
        for j in range(B.shape[1]):
            for k in range(len(A)):
                C[i, j] += A[i, k] * B[k, j]
    return C
