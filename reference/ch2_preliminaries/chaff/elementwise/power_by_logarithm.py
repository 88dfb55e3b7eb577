"""Your powers of negative numbers are NaN.

exp(y log x), for example, is right for positive x, but the logarithm of a negative number is NaN. (-2) ** 3
is -8: the operator ** knows that (2.1.3).

Fails: right_values
"""

import torch


def elementwise(x, y):
    return x + y, x - y, x * y, x / y, torch.exp(y * torch.log(x))
