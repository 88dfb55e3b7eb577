"""Adds in .data, past autograd."""


def add_in_place(x, y):
    x.data += y.data
    return x
