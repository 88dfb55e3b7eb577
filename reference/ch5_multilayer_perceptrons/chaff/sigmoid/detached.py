"""Your result is cut off from X: the numbers are right, but no gradient flows back through it.

Nothing below it learns then. Usually it was computed by NumPy or by Python's numbers, from `.detach()`,
`.data` or `.item()`, and a new tensor was made of the numbers. Stay with operations on what you were given
(2.5.3, 5.1.2.2).

Fails: right_gradient
"""

import math

import torch


def sigmoid(X):
    values = [1 / (1 + math.exp(-x)) for x in X.flatten().tolist()]
    return torch.tensor(values, dtype=X.dtype).reshape(X.shape)
