"""You return the size of each element, |x|.

It agrees with ReLU where x is positive. A negative element must become 0, not positive: max(x, 0) (5.1.2.1).

Fails: right_values
"""


def relu(X):
    return X.abs()
