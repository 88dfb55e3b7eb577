"""Makes a changed copy and writes all of it into X."""


def write_element(X, row, col, value):
    Y = X.clone()
    Y[row, col] = value
    X[:] = Y
    return X
