"""You add the number to what is there.

The elements of these rows are all to become the number, whatever they were: `=` does that, and `+=` doesn't
(2.1.2).

Fails: right_values
"""

def write_rows(X, start, stop, value):
    X[start:stop] += value
    return X
