"""Lets NumPy add every pair."""

import numpy as np
import torch


def broadcast_sum(a, b):
    return torch.from_numpy(np.add.outer(a.numpy(), b.numpy()))
