"""You multiply element by element, and stop there.

A dot product is one number: the sum of these products (2.3.8).

Fails: right_shape
"""


def dot(x, y):
    return x * y
