"""Your differences are y - x, and not x - y.

For a sum or a product the order makes no difference, for a difference it turns the sign around (2.1.3).

Fails: right_values
"""


def elementwise(x, y):
    return x + y, y - x, x * y, x / y, x**y
