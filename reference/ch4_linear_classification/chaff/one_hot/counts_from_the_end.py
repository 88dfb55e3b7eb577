"""Your vectors are turned around: class 0 has its 1 in the last place.

Component j stands for class j (4.1.1).

Fails: right_values
"""

import torch


def one_hot(y, num_classes):
    return torch.eye(num_classes)[y].flip(1)
