"""Your result is cut off from the scores: the numbers are right, but no gradient flows back through it.

What comes before it gets no gradient from it then. Usually it was computed from `.detach()`, `.data` or `.item()`,
by NumPy or Python's numbers, or under `torch.no_grad()`. Stay with operations on what you were given (2.5.3,
4.4.1).

Fails: right_gradient
"""

import torch


def softmax(X):
    X_exp = torch.exp(X.detach())
    return X_exp / X_exp.sum(dim=1, keepdim=True)
