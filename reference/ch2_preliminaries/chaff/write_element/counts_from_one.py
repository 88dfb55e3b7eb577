"""You write one row and one column too early, as if both were counted from 1.

Row or column 0 becomes -1 then, which is the last. An index is a distance from the start: the first is 0
(2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row - 1, col - 1] = value
    return X
