"""Chooses the formula by the sign, each with an exponential that can't overflow."""

import torch


def sigmoid(X):
    e = torch.exp(X.clamp(max=0))
    return torch.where(X >= 0, 1 / (1 + torch.exp(-X.clamp(min=0))), e / (1 + e))
