"""The distance of order 1 to the origin."""

import torch


def l1_norm(x):
    return torch.dist(x, torch.zeros_like(x), p=1)
