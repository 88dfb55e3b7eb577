"""Parts of one element, written as the comprehension of a list, joined."""

import torch


def add_with_loop(a, b):
    return torch.cat([torch.stack((a[i : i + 1], b[i : i + 1])).sum(0) for i in range(a.numel())])
