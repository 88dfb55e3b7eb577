"""Your function returns None, not the loss.

Usually the last line lacks `return`: in a notebook a cell shows its last line without being told, but a function
gives back only what it returns (4.4.3).

Fails: right_type
"""

import torch


def cross_entropy(y_hat, y):
    loss = -torch.log(y_hat[range(len(y_hat)), y]).mean()
