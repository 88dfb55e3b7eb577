"""The definition as a sum over classes, with one-hot labels (4.1), the logarithm of every probability."""

import torch
import torch.nn.functional as F


def cross_entropy(y_hat, y):
    Y = F.one_hot(y, y_hat.shape[1]).to(y_hat.dtype)
    return -(Y * torch.log(y_hat)).sum(dim=1).mean()
