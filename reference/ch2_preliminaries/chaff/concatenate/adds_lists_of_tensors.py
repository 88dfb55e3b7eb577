"""You add them by +, as one joins lists.

[1] + [2] is [1, 2], but + of two tensors adds their elements, and you get a matrix of the old size. Joining
tensors takes a function of its own (2.1.3).

Fails: right_shape
"""


def concatenate(X, Y):
    return X + Y, X.T + Y.T
