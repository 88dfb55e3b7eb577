"""You return f(x), not its derivative.

For exp both would be the same. The derivative says how fast f changes at each element (5.1.2, 2.5).

Fails: right_values
"""


def activation_gradient(f, x):
    return f(x)
