"""You raise y to the power x.

2 ** 4 and 4 ** 2 happen to be equal, but 2 ** 3 and 3 ** 2 are not. The base stands on the left: x ** y
(2.1.3).

Fails: right_values
"""


def elementwise(x, y):
    return x + y, x - y, x * y, x / y, y**x
