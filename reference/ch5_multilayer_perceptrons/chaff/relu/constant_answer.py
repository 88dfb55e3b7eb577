"""You return zeros, whatever X is.

That is right for half of all numbers. Positive elements stay as they are (5.1.2.1).

Fails: right_values
"""

import torch


def relu(X):
    return torch.zeros_like(X) * X
