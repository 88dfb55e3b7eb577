"""You begin one row too late.

That would be right if start were the last row to keep. Rows are counted from 0, and row start is the first to
fill (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    for i in range(start + 1, stop):
        X[i] = value
    return X
