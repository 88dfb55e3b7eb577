"""You write into the whole row and the whole column.

X[row] and X[:, col] are two stripes of X. Both indices in the same brackets choose the one element in which
these stripes cross (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, :] = value
    X[:, col] = value
    return X
