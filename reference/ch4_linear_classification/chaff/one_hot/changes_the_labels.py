"""Your function changes y itself, the labels of your caller.

The encoding is right, but other numbers are in y afterwards. Perhaps something is subtracted from it in place: y - c
makes a new tensor, y -= c writes into y (4.1.1, 2.1.5).

Fails: leaves_arguments_alone
"""

import torch


def one_hot(y, num_classes):
    columns = []
    for _ in range(num_classes):
        columns.append((y == 0).float())
        y -= 1
    return torch.stack(columns, dim=1)
