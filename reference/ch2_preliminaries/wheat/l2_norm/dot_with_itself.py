"""The root of the dot product with itself."""

import torch


def l2_norm(x):
    return torch.dot(x, x) ** 0.5
