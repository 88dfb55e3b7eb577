"""You write into the whole row and the whole column.

Two assignments with one index each choose two stripes. Both indices in the same brackets choose the one
element in which your stripes cross (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, :] = value
    X[:, col] = value
    return X
