"""Nothing is assigned to the element: what you return is as X was before the call.

Perhaps you wrote ==, which compares: the line is legal, and makes a True or False that nobody looks at. A
single = assigns the value to the element (2.1.2).

Same as: rebinds_a_name

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, col] == value
    return X
