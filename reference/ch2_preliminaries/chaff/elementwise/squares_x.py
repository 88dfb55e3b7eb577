"""Your powers are the squares of x, whatever y is.

In the book's example all of y is 2. In general each element of x has an exponent of its own: x ** y (2.1.3).

Fails: right_values
"""


def elementwise(x, y):
    return x + y, x - y, x * y, x / y, x**2
