"""You compute the power as exp(y log x).

That is right for positive x. The logarithm of a negative number is nan, and so is your power, though (-2) **
3 is -8: the operator ** knows that (2.1.3).

Fails: right_values
"""

import torch


def elementwise(x, y):
    return x + y, x - y, x * y, x / y, torch.exp(y * torch.log(x))
