"""Your means of the rows are their sums divided by the number of rows.

That is right down the columns, and on a square matrix for both. A row has as many elements as there are
columns: A.shape[1] (2.3.5, 2.3.6).

Fails: right_values
"""


def axis_means(A):
    m = len(A)
    return A.sum(axis=0) / m, A.sum(axis=1) / m, A.sum() / A.numel()
