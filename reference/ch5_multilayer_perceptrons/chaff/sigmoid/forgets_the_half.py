"""Your curve is sigmoid(2x), which rises twice as fast.

Usually tanh is stretched to the interval from 0 to 1, but not along x: (1 + tanh(x)) / 2 is sigmoid(2x). Halve the
argument, too (5.1.2.2, 5.1.2.3).

Fails: right_values
"""

import torch


def sigmoid(X):
    return (1 + torch.tanh(X)) / 2
