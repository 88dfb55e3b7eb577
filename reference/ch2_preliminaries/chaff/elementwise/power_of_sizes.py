"""Your powers are those of |x|.

They agree where x isn't negative, and for even exponents: (-2)³ is -8. The operator ** takes negative
numbers, too (2.1.4).

Fails: right_values
"""

def elementwise(x, y):
    return x + y, x - y, x * y, x / y, x.abs() ** y
