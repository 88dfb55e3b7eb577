"""You double the sigmoid, but don't take 1 away.

2 sigmoid(2x) runs from 0 to 2. tanh runs from -1 to 1: it is 2 sigmoid(2x) - 1 (5.1.2.3).

Fails: right_values, it_is_odd
"""

import torch


def tanh(X):
    return 2 * torch.sigmoid(2 * X)
