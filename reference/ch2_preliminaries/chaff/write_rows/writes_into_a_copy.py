"""What you return is right, but it is another matrix: X still holds the old rows.

A copy, parts that are joined by cat, and methods without an underscore at their end make a new matrix. Here X
itself is to change: an assignment to a slice of X writes into X's own memory (2.1.2).

Fails: X_itself_is_filled
"""


def write_rows(X, start, stop, value):
    Y = X.clone()
    Y[start:stop] = value
    return Y
