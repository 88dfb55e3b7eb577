"""You keep the axis that you sum along.

A vector of length 1 has an axis; a scalar has none, and shape () (2.3.1).

Fails: right_shape
"""


def l1_norm(x):
    return x.abs().sum(axis=0, keepdims=True)
