"""Your result is cut off from the scores: the numbers are right, but no gradient flows back through it.

Nothing below it learns then. Usually it was computed by NumPy or by Python's numbers, from `.detach()`,
`.data` or `.item()`, and a new tensor was made of the numbers. Stay with operations on what you were given
(2.5.3, 4.4.1).

Fails: right_gradient
"""

import torch


def softmax(X):
    X_exp = torch.exp(X.detach())
    return X_exp / X_exp.sum(dim=1, keepdim=True)
