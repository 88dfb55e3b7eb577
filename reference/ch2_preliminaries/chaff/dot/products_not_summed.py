"""Your result is the products of the elements, not their sum.

A dot product is one number: the sum of these products (2.3.8).

Fails: right_shape
"""


def dot(x, y):
    return x * y
