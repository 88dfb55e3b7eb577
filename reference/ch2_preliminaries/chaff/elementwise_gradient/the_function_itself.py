"""You return f(x), not its derivative.

For exp both would be the same. The derivative says how fast f changes at each element (2.4.1, 2.5.2).

Fails: right_values
"""


def elementwise_gradient(f, x):
    return f(x)
