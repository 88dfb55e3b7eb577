"""You take powers of 2 instead of e.

The curve has the same ends and the same middle, and only rises more slowly. The formula has the exponential function
in it (5.1.2.2).

Fails: right_values
"""


def sigmoid(X):
    return 1 / (1 + 2**-X)
