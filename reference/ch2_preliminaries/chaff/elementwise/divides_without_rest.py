"""Your quotients are rounded down to whole numbers.

// does that, for example: 1 // 2 is 0 where 1 / 2 is one half. In the book's example most quotients are
whole. Yours are to keep what stands behind the point: x / y (2.1.3).

Fails: right_values
"""


def elementwise(x, y):
    return x + y, x - y, x * y, x // y, x**y
