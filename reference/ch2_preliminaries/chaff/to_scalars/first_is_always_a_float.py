"""You make the first number a float, whatever x's dtype is.

For a floating tensor item is a float. For one of integers it is an int, and your conversion turns a 7 into a
7.0 (2.1.6).

Fails: each_is_of_its_own_type
"""


def to_scalars(x):
    number = float(x)
    return number, number, int(number)
