"""Your curve is tanh(x / 2), which rises half as fast.

The curve has the same shape and ends. Usually a 2 is missing: the formula has exp(-2x), and by the sigmoid it is 2
sigmoid(2x) - 1 (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return (1 - torch.exp(-X)) / (1 + torch.exp(-X))
