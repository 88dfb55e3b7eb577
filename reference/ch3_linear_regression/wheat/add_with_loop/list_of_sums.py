"""Numbers of Python in a list."""

import torch


def add_with_loop(a, b):
    return torch.tensor([x + y for x, y in zip(a.tolist(), b.tolist())])
