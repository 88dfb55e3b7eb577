"""Your slope at exactly 0 is nan, as a quotient such as |x| / x has it.

The values are right, but 0 / 0 has no slope, and a hidden 0 times nan is nan, too, in the part that `where`, for
example, doesn't choose. Compare with 0 (5.1.2.1).

Fails: right_gradient
"""

import torch


def relu(X):
    sign = X.abs() / X
    return torch.where(X == 0, 0.0, X * (1 + sign) / 2)
