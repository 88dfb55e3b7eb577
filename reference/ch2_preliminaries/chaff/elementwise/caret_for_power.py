"""You write the power as x ^ y.

In other languages that is a power. In Python ^ works on the bits of integers, and isn't defined for your
floating numbers: a power is x ** y (2.1.3).

Fails: accepts_its_arguments
"""


def elementwise(x, y):
    return x + y, x - y, x * y, x / y, x ^ y
