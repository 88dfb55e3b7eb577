"""Your powers are those with whole exponents: what stands behind the point of an exponent is lost.

Perhaps the exponents are made integers, so that negative numbers can be raised, too. A power with 0.5 is a root, and not 1
(2.1.3).

Fails: right_values
"""

def elementwise(x, y):
    return x + y, x - y, x * y, x / y, x ** y.trunc()
