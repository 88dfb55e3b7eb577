"""Multiplies by a power of -1 instead of dividing."""

import torch


def tanh(X):
    e = torch.exp(-2 * X)
    return (1 - e) * (1 + e) ** -1
