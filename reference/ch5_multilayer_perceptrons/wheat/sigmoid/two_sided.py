"""Chooses the formula by the sign, each with an exponential that can't overflow."""

import torch


def sigmoid(X):
    right = torch.exp(-torch.where(X >= 0, X, 0))
    left = torch.exp(torch.where(X >= 0, 0, X))
    return torch.where(X >= 0, 1 / (1 + right), left / (1 + left))
