"""Your means are rounded down to whole numbers.

In Python / divides and // rounds down. A mean of whole numbers need not be one (2.3.6).

Fails: right_values
"""


def axis_means(A):
    m, n = A.shape
    return A.sum(axis=0) // m, A.sum(axis=1) // n, A.sum() // (m * n)
