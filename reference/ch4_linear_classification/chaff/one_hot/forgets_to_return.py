"""Your function ends without `return`, and so its result is None.

In a notebook a cell shows its last line without being told; a function gives back only what it returns (4.1.1).

Fails: right_type
"""

import torch


def one_hot(y, num_classes):
    torch.eye(num_classes)[y]
