"""You find the sign of x as |x| / x, and choose by it.

The values are right, but the slope of the quotient at 0 is nan, and a hidden 0 times nan is nan, too, in the part
that `where` doesn't choose. Compare with 0 (5.1.2.1).

Fails: right_gradient
"""

import torch


def relu(X):
    sign = X.abs() / X
    return torch.where(X == 0, 0.0, X * (1 + sign) / 2)
