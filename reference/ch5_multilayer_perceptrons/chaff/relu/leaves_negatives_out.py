"""You return only the positive elements, in one row.

X[X > 0], for example, selects, and what is left out is gone. Every element keeps its place, the negative ones as 0
(5.1.2.1).

Fails: right_shape
"""


def relu(X):
    return X[X > 0]
