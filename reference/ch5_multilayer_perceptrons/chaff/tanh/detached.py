"""Your result is cut off from X: the numbers are right, but no gradient flows back through it.

What comes before it gets no gradient from it then. Usually it was computed from `.detach()`, `.data` or `.item()`,
by NumPy or Python's numbers, or under `torch.no_grad()`. Stay with operations on what you were given (2.5.3,
5.1.2.3).

Fails: right_gradient
"""

import torch


def tanh(X):
    with torch.no_grad():
        e = torch.exp(-2 * X)
        return (1 - e) / (1 + e)
