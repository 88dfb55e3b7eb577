"""A mask of one-hot labels picks the probabilities."""

import torch


def cross_entropy(y_hat, y):
    mask = y[:, None] == torch.arange(y_hat.shape[1])
    return -torch.log(y_hat[mask]).mean()
