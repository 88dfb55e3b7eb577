"""Your result is cut off from y_hat: the numbers are right, but no gradient flows back through it.

Nothing below it learns then. Usually it was computed by NumPy or by Python's numbers, from `.detach()`,
`.data` or `.item()`, and a new tensor was made of the numbers. Stay with operations on what you were given
(2.5.3, 4.4.3).

Fails: right_gradient
"""

import torch


def cross_entropy(y_hat, y):
    losses = [-torch.log(row[label]).item() for row, label in zip(y_hat, y)]
    return torch.tensor(losses, dtype=y_hat.dtype).mean()
