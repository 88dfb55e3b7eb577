"""You take the third argument for how many rows to fill.

Where start is 0 that is the same. A slice is written with the two places between which it lies, not with its
length, and your second place is too far down (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    X[start : start + stop] = value
    return X
