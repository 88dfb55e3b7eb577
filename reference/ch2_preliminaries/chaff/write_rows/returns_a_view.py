"""X holds the number in these rows, as it should, but what you return is another tensor object than X.

A copy such as X.clone() has memory of its own; a slice such as X[:] shares the numbers, but not what else X
has: its gradient, for instance. Return X itself (2.1.2).

Fails: what_comes_back_is_what_was_given
"""


def write_rows(X, start, stop, value):
    X[start:stop] = value
    return X[:]
