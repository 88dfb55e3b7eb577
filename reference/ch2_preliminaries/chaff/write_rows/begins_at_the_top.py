"""You fill all rows above stop.

In the book's example, X[:2], start is 0 and can be left out. In general you need both ends of the slice
(2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    X[:stop] = value
    return X
