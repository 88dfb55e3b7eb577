"""Your matrix is transposed: b goes down the rows, and a along the columns.

All the sums are there, but a[i] belongs in row i: it is a that becomes a column (2.1.4).

Fails: right_shape
"""


def broadcast_sum(a, b):
    return b.reshape(-1, 1) + a.reshape(1, -1)
