"""You return X[:], which is a new tensor in X's memory.

It shares the numbers, but not what else X has: its gradient, for instance. Assigning to X changes it where it
is, so return just X (2.1.2).

Fails: X_itself_is_filled_and_comes_back
"""


def write_rows(X, start, stop, value):
    X[start:stop] = value
    return X[:]
