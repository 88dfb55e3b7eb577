"""You return X[:], which is a new tensor in X's memory.

It shares the numbers, but not what else X has: its gradient, for instance. Assigning to X changes it where it
is, so return just X (2.1.2).

Fails: what_comes_back_is_what_was_given
"""


def write_rows(X, start, stop, value):
    X[start:stop] = value
    return X[:]
