"""Makes a column of a, to which b is added in every row."""


def broadcast_sum(a, b):
    return a[:, None] + b
