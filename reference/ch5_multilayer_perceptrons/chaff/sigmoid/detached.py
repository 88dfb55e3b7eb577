"""Your result is cut off from X: the numbers are right, but no gradient flows back through it.

What comes before it gets no gradient from it then. Usually it was computed from `.detach()`, `.data` or `.item()`,
by NumPy or Python's numbers, or under `torch.no_grad()`. Stay with operations on what you were given (2.5.3,
5.1.2.2).

Fails: right_gradient
"""

import math

import torch


def sigmoid(X):
    values = [1 / (1 + math.exp(-x)) for x in X.flatten().tolist()]
    return torch.tensor(values, dtype=X.dtype).reshape(X.shape)
