"""What you return is as X was: the number isn't written into it.

An assignment to a bare name makes it stand for something else, and leaves what it stood for before as it was;
X[[i]] is a copy of rows. To write into X, assign to X[start:stop] (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    for row in X[start:stop]:
        row = value
    return X
