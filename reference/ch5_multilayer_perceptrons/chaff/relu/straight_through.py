"""You add the difference to X as a constant, so that the gradient passes as if nothing had been done.

That is a trick for rounding, whose slope is 0 everywhere. ReLU has a slope of its own: 0 for negative elements, which
are not to move anything (5.1.2.1).

Fails: right_gradient
"""


def relu(X):
    return X + (X.clamp(min=0) - X).detach()
