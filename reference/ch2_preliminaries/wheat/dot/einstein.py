"""Einstein's notation."""

import torch


def dot(x, y):
    return torch.einsum("i,i->", x, y)
