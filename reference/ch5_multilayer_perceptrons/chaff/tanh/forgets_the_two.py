"""You write exp(-x) where the formula has exp(-2x).

The curve has the same shape and ends, but it is tanh(x / 2), which rises half as fast (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return (1 - torch.exp(-X)) / (1 + torch.exp(-X))
