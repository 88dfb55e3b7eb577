"""You turn the value into an integer.

In the book's example the number is whole. Other numbers lose what stands behind the point: assign the value
as you got it (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, col] = int(value)
    return X
