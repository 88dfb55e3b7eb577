"""The diagonal of all products, summed."""

import torch


def dot(x, y):
    return torch.outer(x, y).diagonal().sum()
