"""You make a row for each class, and reshape the table where it should be transposed.

reshape keeps the elements in their order and breaks the rows elsewhere: the shape is right, and the ones are in
wrong places. .T swaps the axes; or make a row for each label at once (4.1.1, 2.3.3).

Fails: right_values
"""

import torch


def one_hot(y, num_classes):
    table = (torch.arange(num_classes).reshape(-1, 1) == y).float()
    return table.view(len(y), num_classes)
