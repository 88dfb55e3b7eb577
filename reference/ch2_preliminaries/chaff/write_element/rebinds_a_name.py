"""You give the element a name, and then give that name to the new number.

An assignment to a bare name makes it stand for something else, and leaves what it stood for before as it was.
To write into X, assign to X at an index (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    element = X[row, col]
    element = value
    return X
