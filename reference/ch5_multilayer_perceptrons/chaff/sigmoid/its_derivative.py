"""You return s (1 - s), the derivative of the sigmoid.

The book shows both curves one after the other. The function itself is s (5.1.2.2).

Fails: right_values
"""

import torch


def sigmoid(X):
    s = 1 / (1 + torch.exp(-X))
    return s * (1 - s)
