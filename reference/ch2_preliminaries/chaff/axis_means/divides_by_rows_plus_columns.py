"""You divide the sum of everything by the number of rows plus the number of columns.

A matrix of m rows and n columns has m times n elements: A.numel() (2.3.5, 2.3.6).

Fails: right_values
"""


def axis_means(A):
    rows, columns = A.shape
    return A.mean(axis=0), A.mean(axis=1), A.sum() / (rows + columns)
