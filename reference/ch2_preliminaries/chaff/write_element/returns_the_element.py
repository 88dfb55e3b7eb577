"""What you return is the new element alone, not the matrix.

Whoever calls you expects the matrix with the new element in it: return X (2.1.2).

Fails: right_shape
"""


def write_element(X, row, col, value):
    X[row, col] = value
    return X[row, col]
