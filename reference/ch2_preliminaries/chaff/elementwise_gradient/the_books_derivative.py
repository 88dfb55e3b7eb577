"""You return 2 x, the derivative of the book's function.

f is an argument, and may be any elementwise function (2.5.2).

Fails: right_values
"""

def elementwise_gradient(f, x):
    return 2 * x
