"""You compute the sigmoid.

Both curves look like an S, but sigmoid runs from 0 to 1; tanh runs from -1 to 1, is 0 at 0, and odd (5.1.2.2,
5.1.2.3).

Fails: right_values, it_is_odd
"""

import torch


def tanh(X):
    return 1 / (1 + torch.exp(-2 * X))
