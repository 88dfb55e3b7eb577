"""Keeps the probabilities above 1e-7, so that a zero gives a large loss and no infinity."""

import torch


def cross_entropy(y_hat, y):
    p = torch.clamp(y_hat, min=1e-7)[range(len(y)), y]
    return -p.log().mean()
