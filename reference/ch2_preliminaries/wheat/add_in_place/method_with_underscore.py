"""Calls the method that works in place, which returns x."""


def add_in_place(x, y):
    return x.add_(y)
