"""The mean of x and |x|: the slope at 0 is one half."""


def relu(X):
    return (X + X.abs()) / 2
