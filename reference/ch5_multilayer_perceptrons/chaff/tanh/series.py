"""You take the first terms of the series, x - x³/3 + 2x⁵/15.

It is close where |x| is small, and far off elsewhere. The formula with exponentials holds everywhere (5.1.2.3).

Fails: right_values
"""


def tanh(X):
    return X - X**3 / 3 + 2 * X**5 / 15
