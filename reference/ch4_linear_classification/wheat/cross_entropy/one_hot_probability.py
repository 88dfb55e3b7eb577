"""One-hot labels and a sum pick the probability first, the logarithm comes after."""

import torch


def cross_entropy(y_hat, y):
    Y = torch.eye(y_hat.shape[1], dtype=y_hat.dtype)[y]
    return torch.log(1 / (y_hat * Y).sum(1)).mean()
