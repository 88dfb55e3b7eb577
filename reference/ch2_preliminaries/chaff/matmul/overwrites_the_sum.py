"""Each of your elements is only the last of the products that it should sum.

Often a loop assigns each product, where it should add it: `=` forgets what was there, `+=` adds to it
(2.3.10).

Fails: right_values, the_identity_matrix_changes_nothing
"""

import torch


def matmul(A, B):
    out = torch.zeros(A.shape[0], B.shape[1], dtype=A.dtype)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                out[i, j] = A[i, k] * B[k, j]
    return out
