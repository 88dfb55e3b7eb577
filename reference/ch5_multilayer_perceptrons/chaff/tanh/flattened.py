"""You return all elements in one long row.

They are the right numbers, but an activation keeps the shape: every element stays in its place (5.1.2.3).

Fails: right_shape
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X.flatten())
    return (1 - e) / (1 + e)
