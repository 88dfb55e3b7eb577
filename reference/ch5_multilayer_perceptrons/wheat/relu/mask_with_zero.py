"""Multiplies by a mask that has 0 among the positive: the slope at 0 is 1 then."""


def relu(X):
    mask = (X >= 0).to(X.dtype)
    return mask * X
