"""Your product has as many rows as B: where A has more, your code fails, and where it has fewer, zeros are left.

With A square it makes no difference. Perhaps the product is made by zeros_like(B). Each of the m rows of A meets
each of the n columns of B: the shape is (m, n) (2.3.10).

Fails: accepts_its_arguments
"""

import torch


def matmul(A, B):
    C = torch.zeros_like(B)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            C[i, j] = (A[i] * B[:, j]).sum()
    return C
