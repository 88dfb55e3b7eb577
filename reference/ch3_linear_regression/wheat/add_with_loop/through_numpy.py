"""Loops over NumPy arrays."""

import numpy as np
import torch


def add_with_loop(a, b):
    c = np.empty_like(a.numpy())
    for i, (x, y) in enumerate(zip(a.numpy(), b.numpy())):
        c[i] = x + y
    return torch.from_numpy(c)
