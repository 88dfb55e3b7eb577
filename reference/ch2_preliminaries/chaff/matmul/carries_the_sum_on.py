"""In each row, your elements hold those to their left, too.

The first element of a row is right. Often the total is set to 0 outside of the loop over the columns, so that
each sum goes on with the one before; it belongs inside (2.3.10).

Fails: right_values, the_identity_matrix_changes_nothing
"""

import torch


def matmul(A, B):
    m, k = A.shape
    n = B.shape[1]
    rows = []
    for i in range(m):
        total = 0
        row = []
        for j in range(n):
            for l in range(k):
                total = total + A[i, l] * B[l, j]
            row.append(total)
        rows.append(torch.stack(row))
    return torch.stack(rows)
