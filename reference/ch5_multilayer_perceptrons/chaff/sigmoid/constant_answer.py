"""You return one half, whatever X is.

That is right at 0, and nowhere else. A function must use its argument (5.1.2.2).

Fails: right_values
"""

import torch


def sigmoid(X):
    return torch.full_like(X, 0.5)
