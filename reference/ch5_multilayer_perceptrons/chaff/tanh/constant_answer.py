"""You return zeros, whatever X is.

That is right at 0, and nowhere else. A function must use its argument (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return torch.zeros_like(X)
