"""You write into row start and into the row before stop, and into none between.

In the book's example there are just these two. X[[start, stop - 1]], for example, takes two rows;
X[start:stop] has all of the rows that you want (2.1.2).

Fails: right_values
"""


def write_rows(X, start, stop, value):
    X[[start, stop - 1]] = value
    return X
