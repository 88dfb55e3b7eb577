"""Indexes with arange, and adds an epsilon of 1e-7 inside the logarithm."""

import torch


def cross_entropy(y_hat, y):
    p = y_hat[torch.arange(y_hat.shape[0]), y]
    return torch.mean(-torch.log(p + 1e-7))
