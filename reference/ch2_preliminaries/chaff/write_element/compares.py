"""You write ==, which compares.

The line is legal, and makes a tensor of True and False that nobody looks at. A single = assigns your value to
the element (2.1.2).

Same as: rebinds_a_name

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, col] == value
    return X
