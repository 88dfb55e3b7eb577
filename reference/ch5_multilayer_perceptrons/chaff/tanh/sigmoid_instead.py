"""Your curve runs from 0 to 1: it is sigmoid(2x).

Both curves look like an S, but tanh runs from -1 to 1, is 0 at 0, and odd: it is 2 sigmoid(2x) - 1 (5.1.2.2,
5.1.2.3).

Fails: right_values, it_is_odd
"""

import torch


def tanh(X):
    return 1 / (1 + torch.exp(-2 * X))
