"""Writes into the NumPy array that shares X's memory."""


def write_rows(X, start, stop, value):
    X.numpy()[start:stop, :] = value
    return X
