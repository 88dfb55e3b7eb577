"""X holds the value, as it should, but you don't return X itself.

X[:], for example, is a new tensor: it shares the numbers, but not what else X has: its gradient, for
instance. Assigning to X changes it where it is, so return just X (2.1.2).

Same as: returns_a_copy

Fails: what_comes_back_is_what_was_given
"""


def write_element(X, row, col, value):
    X[row, col] = value
    return X[:]
