"""You fill stop rows from row start on, as far as there are any, as if stop were how many.

Where start is 0 that is the same. A slice is written with the two places between which it lies, not with its
length: X[start:stop] (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    X[start : start + stop] = value
    return X
