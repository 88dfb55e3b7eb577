"""You divide each column's sum by the number of columns, and each row's sum by the number of rows.

These are the lengths of the results. What counts is how many elements went into each sum (2.3.6).

Fails: right_values
"""


def axis_means(A):
    m, n = A.shape
    return A.sum(axis=0) / n, A.sum(axis=1) / m, A.sum() / (m * n)
