"""Chooses the formula by the sign, each with an exponential that can't overflow."""

import torch


def tanh(X):
    right = torch.expm1(-2 * torch.where(X >= 0, X, 0))
    left = torch.expm1(2 * torch.where(X >= 0, 0, X))
    return torch.where(X >= 0, -right / (2 + right), left / (2 + left))
