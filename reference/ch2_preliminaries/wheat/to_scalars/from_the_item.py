"""Converts what item returns."""


def to_scalars(x):
    number = x.item()
    return number, float(number), int(number)
