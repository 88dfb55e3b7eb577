"""You write at element row * m + col, counted along the rows of X, where m is the number of rows.

In a square matrix it makes no difference. A row has as many elements as there are columns, n, so that X[row,
col] is element row * n + col; and X[row, col] needs no counting (2.1.2).

Fails: accepts_its_arguments
"""


def write_element(X, row, col, value):
    X.view(-1)[row * len(X) + col] = value
    return X
