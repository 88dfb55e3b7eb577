"""Assigns the sum to all of x; that the sum lies elsewhere for a moment does no harm."""


def add_in_place(x, y):
    x[:] = x + y
    return x
