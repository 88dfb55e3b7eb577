"""Your result is cut off from X: the numbers are right, but no gradient flows back through it.

Nothing below it learns then. Usually it was computed by NumPy or by Python's numbers, from `.detach()`,
`.data` or `.item()`, and a new tensor was made of the numbers. Stay with operations on what you were given
(2.5.3, 5.1.2.1).

Fails: right_gradient
"""

import torch


def relu(X):
    return torch.max(X.data, torch.zeros_like(X))
