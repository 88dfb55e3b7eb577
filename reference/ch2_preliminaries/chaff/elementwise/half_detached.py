"""Your powers are cut off from y: the numbers are right, but no gradient flows back to the exponents.

That happens where the exponents are numbers of Python, or detached. y may have been computed from something
that learns, as x may (2.5.3).

Fails: right_gradient
"""

def elementwise(x, y):
    return x + y, x - y, x * y, x / y, x ** y.detach()
