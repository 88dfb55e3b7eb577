"""You subtract x from y.

For a sum or a product your order makes no difference, for a difference it turns the sign around: x - y
(2.1.3).

Fails: right_values
"""


def elementwise(x, y):
    return x + y, y - x, x * y, x / y, x**y
