"""You write into row col and column row: the two have changed places.

In pictures, x comes before y. In X[i, j] the first index is the row; with the column first, an index may fall
out of a matrix that isn't square (2.1.2).

Fails: accepts_its_arguments
"""


def write_element(X, row, col, value):
    X[col, row] = value
    return X
