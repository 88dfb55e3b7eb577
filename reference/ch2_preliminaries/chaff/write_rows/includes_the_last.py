"""You fill row stop, too.

"From 0 to 2" sounds as if it included the 2. A slice ends before its second number, so that stop - start is
how many rows are to be filled (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    X[start : stop + 1] = value
    return X
