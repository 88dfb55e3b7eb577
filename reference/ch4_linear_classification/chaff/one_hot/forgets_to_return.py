"""Your function returns None.

Usually the last line lacks `return`: in a notebook a cell shows its last line without being told, but a function
gives back only what it returns (4.1.1).

Fails: right_type
"""

import torch


def one_hot(y, num_classes):
    torch.eye(num_classes)[y]
