"""You fill the columns from start to stop, and not the rows.

The first place between the brackets is that of the rows, the second that of the columns: X[:, start:stop]
takes all rows. The rows alone are X[start:stop] (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    X[:, start:stop] = value
    return X
