"""The root of the sum of squares."""

import torch


def l2_norm(x):
    return torch.sqrt((x**2).sum())
