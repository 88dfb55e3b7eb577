"""Counts the doublings in numbers of Python."""

import torch


def control_flow_gradient(a):
    size, factor = 2 * abs(a.item()), 2.0
    while size < 1000:
        size, factor = 2 * size, 2 * factor
    return torch.tensor(factor if a > 0 else 100 * factor, dtype=a.dtype)
