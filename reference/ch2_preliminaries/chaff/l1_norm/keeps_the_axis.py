"""Your result is a vector of length 1.

Summing with keepdims=True keeps the axis, for example. A vector of length 1 has an axis; a scalar has none,
and shape () (2.3.1).

Fails: right_shape
"""


def l1_norm(x):
    return x.abs().sum(axis=0, keepdims=True)
