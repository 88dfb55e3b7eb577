"""You take the denominator as a constant.

The values don't show it, but x moves numerator and denominator alike: without the second part the gradient is s, not
s (1 - s) (2.5.3, 5.1.2.2).

Fails: right_gradient
"""

import torch


def sigmoid(X):
    e = torch.exp(X)
    return e / (1 + e).detach()
