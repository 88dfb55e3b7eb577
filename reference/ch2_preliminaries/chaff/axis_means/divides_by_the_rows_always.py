"""You divide all sums by len(A), the number of rows.

That is right for the columns, and on a square matrix for the rows, too. A row has as many elements as there
are columns: A.shape[1] (2.3.5, 2.3.6).

Fails: right_values
"""


def axis_means(A):
    m = len(A)
    return A.sum(axis=0) / m, A.sum(axis=1) / m, A.sum() / A.numel()
