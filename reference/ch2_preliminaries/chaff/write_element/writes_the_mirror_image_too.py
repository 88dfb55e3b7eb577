"""You write into row i, column j, and into row j, column i, too, where X has that place.

The two indices say one place, row first (2.1.2).

Fails: right_values
"""

def write_element(X, row, col, value):
    X[row, col] = value
    if col < X.shape[0] and row < X.shape[1]:
        X[col, row] = value
    return X
