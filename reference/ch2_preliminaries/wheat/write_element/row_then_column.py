"""Takes the row first, which is a view, and writes into that."""


def write_element(X, row, col, value):
    X[row][col] = value
    return X
