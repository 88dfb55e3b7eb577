"""Your sums run on from the end of one row to the start of the next.

Each column has a running sum of its own: the matrix isn't one long sequence (2.3.6).

Fails: right_values
"""


def cumulative_sum(A):
    return A.flatten().cumsum(0).reshape(A.shape)
