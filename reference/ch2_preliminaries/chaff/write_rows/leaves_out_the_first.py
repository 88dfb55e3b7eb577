"""You begin one row too late.

If rows were counted from 1, that would be the shift to make. Rows are counted from 0, and row start is the
first to fill (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    for i in range(start + 1, stop):
        X[i] = value
    return X
