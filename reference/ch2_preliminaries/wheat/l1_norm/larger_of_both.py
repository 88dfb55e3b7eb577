"""The larger one of a number and its opposite."""

import torch


def l1_norm(x):
    return torch.maximum(x, -x).sum()
