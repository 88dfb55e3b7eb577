"""What you return is as X was: the value isn't written into it.

A single = after X[i, j] assigns to the element. == only compares, an assignment to a bare name makes that
name stand for something else, and X[[i]] is a copy of rows, whatever is written into it (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    element = X[row, col]
    element = value
    return X
