"""You give the column first.

In pictures, x comes before y. In X[i, j] the first index is the row, and your order falls out of matrices
that aren't square (2.1.2).

Fails: accepts_its_arguments
"""


def write_element(X, row, col, value):
    X[col, row] = value
    return X
