"""Fills the view of a single element, by a function that works in place."""


def write_element(X, row, col, value):
    element = X[row, col]
    element.fill_(value)
    return X
