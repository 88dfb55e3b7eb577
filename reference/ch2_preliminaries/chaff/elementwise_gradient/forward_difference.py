"""Your numbers are near the derivatives, as the growth of f over a small step is.

Within the step a curve may bend, and in the difference digits cancel. Let autograd differentiate (2.5.1).

Same as: finite_difference

Fails: right_values
"""


def elementwise_gradient(f, x):
    h = 1e-3
    return (f(x + h) - f(x)) / h
