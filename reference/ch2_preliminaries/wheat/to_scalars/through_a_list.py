"""Flattens to a list of one number."""


def to_scalars(x):
    (number,) = x.reshape(-1).tolist()
    return [number, float(number), int(number)]
