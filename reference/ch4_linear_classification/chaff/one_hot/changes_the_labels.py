"""You sort out labels by subtracting from y in place.

The encoding is right, but the caller's labels are spoiled. Make a new tensor, as y - c does and y -= c doesn't
(4.1.1, 2.1.5).

Fails: leaves_arguments_alone
"""

import torch


def one_hot(y, num_classes):
    columns = []
    for _ in range(num_classes):
        columns.append((y == 0).float())
        y -= 1
    return torch.stack(columns, dim=1)
