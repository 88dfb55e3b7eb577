"""You return exp(x) instead of the power.

exp is elementwise, too, and the book shows it just before, but it is a function of x alone. Your fifth result
is to be x ** y (2.1.3).

Fails: right_values
"""

import torch


def elementwise(x, y):
    return x + y, x - y, x * y, x / y, torch.exp(x)
