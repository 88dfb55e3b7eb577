"""torch.norm."""

import torch


def l2_norm(x):
    return torch.norm(x)
