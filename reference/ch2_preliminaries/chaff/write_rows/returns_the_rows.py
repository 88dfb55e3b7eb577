"""What you return is only the rows from start to stop.

Whoever calls you expects the whole matrix, with these rows filled: return X (2.1.2).

Fails: right_shape
"""


def write_rows(X, start, stop, value):
    X[start:stop, :] = value
    return X[start:stop, :]
