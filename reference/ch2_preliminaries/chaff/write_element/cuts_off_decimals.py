"""You write the value without what stands behind its point.

In the book's example the number is whole, so that int(...), for example, changes nothing. Other numbers lose
their decimals: assign the value as you got it (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, col] = int(value)
    return X
