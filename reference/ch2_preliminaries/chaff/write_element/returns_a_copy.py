"""You write into X, as you should, but return a copy of it.

Whoever goes on with what you return writes into another memory than X's. Return X itself (2.1.2).

Fails: what_comes_back_is_what_was_given
"""


def write_element(X, row, col, value):
    X[row, col] = value
    return X.clone()
