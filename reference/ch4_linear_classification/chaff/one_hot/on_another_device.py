"""Your encoding is not on the device of y.

A device that is written into a function is wrong wherever its arguments are on another one. Let the labels decide:
device=y.device (4.1.1, 6.7).

Fails: right_device
"""

import torch


def one_hot(y, num_classes):
    return torch.eye(num_classes)[y].to("meta")
