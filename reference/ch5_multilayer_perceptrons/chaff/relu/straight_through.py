"""Your result is right, but its slope is 1 everywhere, as if nothing had been done to X.

Perhaps the difference is added to X as a constant. That is a trick for rounding, whose slope is 0 almost
everywhere. ReLU has a slope of its own: 0 for negative elements, which are not to move anything (5.1.2.1).

Fails: right_gradient
"""


def relu(X):
    return X + (X.clamp(min=0) - X).detach()
