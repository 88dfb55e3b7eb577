"""You divide the sum down the rows by the number of columns, and that along the columns by the number of
rows.

These are the lengths of the results. What counts is how many elements went into each sum (2.3.6).

Fails: right_values
"""


def axis_means(A):
    m, n = A.shape
    return A.sum(axis=0) / n, A.sum(axis=1) / m, A.sum() / (m * n)
