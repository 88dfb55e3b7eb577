"""You write into a copy, and return that.

Elsewhere it is good manners to leave arguments alone. Here X itself is to change: an assignment to a slice of
X writes into X's own memory (2.1.2).

Fails: X_itself_is_filled
"""


def write_rows(X, start, stop, value):
    Y = X.clone()
    Y[start:stop] = value
    return Y
