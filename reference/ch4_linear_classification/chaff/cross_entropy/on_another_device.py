"""Your loss is not on the device of the probabilities.

A device that is written into a function is wrong wherever its arguments are on another one. Tensors made from y_hat
are on its device by themselves (6.7).

Fails: right_device
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y]).mean().to("meta")
