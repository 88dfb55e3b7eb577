"""You count rows and columns from 1.

Then the first row is X[0], and you write one row and one column too early; -1 is the last. An index is a
distance from the start: the first is 0 (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row - 1, col - 1] = value
    return X
