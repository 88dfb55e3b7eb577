"""You make a new tensor out of numbers, and so cut the loss off from y_hat.

Its value is right, but backward stops there, and nothing is learned. Stay with operations on y_hat: indexing, log,
mean (2.5.3, 4.4.3).

Fails: right_gradient
"""

import torch


def cross_entropy(y_hat, y):
    losses = [-torch.log(row[label]).item() for row, label in zip(y_hat, y)]
    return torch.tensor(losses, dtype=y_hat.dtype).mean()
