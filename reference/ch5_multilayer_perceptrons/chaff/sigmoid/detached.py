"""You compute with Python's math and make a new tensor of the numbers.

The values are right, but backward stops there, and no layer below learns. Stay with operations on X (2.5.3, 5.1.2.2).

Fails: right_gradient
"""

import math

import torch


def sigmoid(X):
    values = [1 / (1 + math.exp(-x)) for x in X.flatten().tolist()]
    return torch.tensor(values, dtype=X.dtype).reshape(X.shape)
