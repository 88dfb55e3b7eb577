"""Your numbers are near the derivatives, but not exact, as differences over a small step are.

Within the step a curve may bend, and in the difference digits cancel. Let autograd differentiate (2.5.1).

Fails: right_values
"""

def elementwise_gradient(f, x):
    h = 1e-3
    return (f(x + h) - f(x - h)) / (2 * h)
