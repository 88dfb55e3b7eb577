"""You give the rows a name, and then give that name to the value.

An assignment to a bare name makes it stand for something else, and leaves what it stood for before as it was.
To write into X, assign to X[start:stop] (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    for row in X[start:stop]:
        row = value
    return X
