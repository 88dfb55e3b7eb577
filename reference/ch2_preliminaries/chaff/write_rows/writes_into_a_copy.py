"""What you return is right, but it is another matrix: X still holds the old rows.

clone, cat and methods without an underscore at their end, such as masked_fill, make a new matrix. Here X
itself is to change: an assignment to a slice of X writes into X's own memory (2.1.2).

Fails: X_itself_is_filled
"""


def write_rows(X, start, stop, value):
    Y = X.clone()
    Y[start:stop] = value
    return Y
