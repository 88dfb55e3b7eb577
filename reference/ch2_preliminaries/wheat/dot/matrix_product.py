"""The operator of matrix products, which takes two vectors, too."""


def dot(x, y):
    return x @ y
