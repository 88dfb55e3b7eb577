"""You return only the rows that were written.

The assignment is right, but whoever calls you expects the whole matrix: return X (2.1.2).

Fails: right_shape
"""


def write_rows(X, start, stop, value):
    X[start:stop, :] = value
    return X[start:stop, :]
