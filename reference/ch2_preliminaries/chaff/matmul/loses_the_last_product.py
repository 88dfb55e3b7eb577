"""Your sums leave out the last product.

range(k - 1), for example, counts to k - 2. range(k) has all k of them (2.3.10).

Fails: right_values, the_identity_matrix_changes_nothing
"""

import torch


def matmul(A, B):
    out = torch.zeros(A.shape[0], B.shape[1], dtype=A.dtype)
    for k in range(A.shape[1] - 1):
        out = out + torch.outer(A[:, k], B[k])
    return out
