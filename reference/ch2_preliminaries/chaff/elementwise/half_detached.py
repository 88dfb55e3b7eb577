"""Your results are cut off from y: the numbers are right, but no gradient flows back to it.

That happens where the exponents, or all of y, are numbers of Python or a constant. y may have been computed from something that
learns, as x may (2.5.3).

Fails: right_gradient
"""

def elementwise(x, y):
    return x + y, x - y, x * y, x / y, x ** y.detach()
