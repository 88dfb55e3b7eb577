"""Your code uses ^, or bitwise_xor, which isn't defined for floating numbers.

In some other languages ^ is a power. In Python it works on the bits of integers: a power is x ** y (2.1.3).

Fails: accepts_its_arguments
"""


def elementwise(x, y):
    return x + y, x - y, x * y, x / y, x ^ y
