"""Your curve runs from 0 to 2: it is tanh(x) + 1.

2 sigmoid(2x) does that, for example. tanh runs from -1 to 1: it is 2 sigmoid(2x) - 1 (5.1.2.3).

Fails: right_values, it_is_odd
"""

import torch


def tanh(X):
    return 2 * torch.sigmoid(2 * X)
