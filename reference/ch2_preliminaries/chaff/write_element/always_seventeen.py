"""You write 17, whatever the value is.

It is the number of the book's example. The last argument says which number is wanted from you (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, col] = 17
    return X
