"""Adds in the NumPy array that shares x's memory."""


def add_in_place(x, y):
    array = x.numpy()
    array += y.numpy()
    return x
