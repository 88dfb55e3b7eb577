"""You return one loss an example.

These are the right numbers, but backward needs a single one: return their mean (4.4.3).

Fails: right_shape
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])
