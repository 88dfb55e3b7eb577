"""Your function works for some numbers of axes only.

Images have four axes: example, channel, height, width. What is done to each element on its own needs no loop over axes:
torch.max, clamp and where take tensors of any shape (5.1.2).

Fails: accepts_its_arguments
"""

import torch


def relu(X):
    if X.dim() > 3:
        raise ValueError("at most three axes")
    return torch.max(X, torch.zeros_like(X))
