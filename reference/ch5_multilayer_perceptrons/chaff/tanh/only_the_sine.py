"""You compute (exp(x) - exp(-x)) / 2, the hyperbolic sine.

Near 0 they agree, but sinh grows without bound. tanh divides it by the hyperbolic cosine (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return (torch.exp(X) - torch.exp(-X)) / 2
