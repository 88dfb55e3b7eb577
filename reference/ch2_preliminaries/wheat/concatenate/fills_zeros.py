"""Writes both matrices into larger ones."""

import torch


def concatenate(X, Y):
    m, n = X.shape
    below = torch.zeros((2 * m, n), dtype=X.dtype)
    below[:m], below[m:] = X, Y
    beside = torch.zeros((m, 2 * n), dtype=X.dtype)
    beside[:, :n], beside[:, n:] = X, Y
    return below, beside
