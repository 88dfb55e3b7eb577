"""You return four results, and no power.

Sum, difference, product and quotient are the operations that come to mind first. The fifth is x ** y (2.1.3).

Fails: right_type
"""


def elementwise(x, y):
    return x + y, x - y, x * y, x / y
