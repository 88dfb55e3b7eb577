"""You add every element of a to every element of b.

Two vectors of one length are added place by place; with an axis more, broadcasting makes a matrix (2.1.4).

Fails: right_shape
"""


def add_vectorized(a, b):
    return a.reshape(-1, 1) + b
