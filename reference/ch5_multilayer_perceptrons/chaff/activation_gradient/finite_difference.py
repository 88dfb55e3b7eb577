"""Your derivatives are nearly right, but not exact, as difference quotients are.

Perhaps you divide the difference of f at two neighbouring points by their distance: with a small step rounding
spoils the difference, with a large one the curve bends. Autograd is exact up to rounding, and calls f once (2.5,
5.1.2).

Fails: right_values
"""


def activation_gradient(f, x):
    h = 1e-3
    return (f(x + h) - f(x - h)) / (2 * h)
