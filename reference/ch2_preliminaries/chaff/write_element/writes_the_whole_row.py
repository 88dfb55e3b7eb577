"""You write into the whole row.

X[row] is a row, and a number that is assigned to it goes to all of its elements. Two indices choose a single
element (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row] = value
    return X
