"""Your result is cut off from y_hat: the numbers are right, but no gradient flows back through it.

What comes before it gets no gradient from it then. Usually it was computed from `.detach()`, `.data` or `.item()`,
by NumPy or Python's numbers, or under `torch.no_grad()`. Stay with operations on what you were given (2.5.3,
4.4.3).

Fails: right_gradient
"""

import torch


def cross_entropy(y_hat, y):
    losses = [-torch.log(row[label]).item() for row, label in zip(y_hat, y)]
    return torch.tensor(losses, dtype=y_hat.dtype).mean()
