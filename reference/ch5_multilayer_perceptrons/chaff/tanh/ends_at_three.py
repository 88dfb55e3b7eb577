"""Beyond about -3 and 3 your values are exactly -1 and 1.

Perhaps the curve seemed flat there, or exponentials were kept from overflowing. tanh comes nearer and nearer to
these values: at 3 it is 0.9951 (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X)
    return torch.where(X.abs() > 3, X.sign(), (1 - e) / (1 + e))
