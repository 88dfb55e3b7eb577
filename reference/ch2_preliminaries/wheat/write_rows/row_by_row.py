"""Writes one row after the other."""


def write_rows(X, start, stop, value):
    for i in range(start, stop):
        X[i] = value
    return X
