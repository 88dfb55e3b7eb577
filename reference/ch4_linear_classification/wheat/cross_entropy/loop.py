"""A loop over the examples."""

import torch


def cross_entropy(y_hat, y):
    total = 0
    for row, label in zip(y_hat, y):
        total = total - torch.log(row[label])
    return total / len(y)
