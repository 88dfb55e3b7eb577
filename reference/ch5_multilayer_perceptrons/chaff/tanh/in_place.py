"""You multiply X itself by -2, in place.

The result is right, but whoever called you now has other numbers in X. `X *= -2` writes into X, `-2 * X` makes a new
tensor (2.1.5, 5.1.2.3).

Fails: leaves_arguments_alone
"""

import torch


def tanh(X):
    X *= -2
    return (1 - torch.exp(X)) / (1 + torch.exp(X))
