"""You divide the sums along the columns by the number of rows, as you do with those down the rows.

That is right for the latter, and on a square matrix for both. A row has as many elements as there are columns:
A.shape[1] (2.3.5, 2.3.6).

Fails: right_values
"""


def axis_means(A):
    m = len(A)
    return A.sum(axis=0) / m, A.sum(axis=1) / m, A.sum() / A.numel()
