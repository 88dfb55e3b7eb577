"""You write into the whole row.

X[row] is a row, and the number that you assign goes to all of its elements. Two indices choose a single
element (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row] = value
    return X
