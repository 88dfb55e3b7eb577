"""A row times a column is a matrix of one element."""


def dot(x, y):
    return (x.reshape(1, -1) @ y.reshape(-1, 1)).squeeze()
