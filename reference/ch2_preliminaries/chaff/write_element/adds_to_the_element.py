"""You add the value to what is there.

Where a 0 stood that makes no difference. The new number is to replace the old one: = does that, and +=
doesn't (2.1.2).

Fails: right_values
"""


def write_element(X, row, col, value):
    X[row, col] += value
    return X
