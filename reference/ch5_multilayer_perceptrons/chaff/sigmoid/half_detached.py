"""Your gradient is s, not s (1 - s), as if the denominator were a constant.

The values don't show it, but in exp(x) / (1 + exp(x)), x moves numerator and denominator alike. Keep both in the
graph, without detach, .data, .item() or no_grad (2.5.3, 5.1.2.2).

Fails: right_gradient
"""

import torch


def sigmoid(X):
    e = torch.exp(X)
    return e / (1 + e).detach()
