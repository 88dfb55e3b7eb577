"""Your function changes X and returns None.

For Python's own lists that would be the custom: append returns None, too. Here the changed tensor is also
asked for as the result: return X (2.1.2).

Fails: right_type
"""


def write_element(X, row, col, value):
    X[row, col] = value
