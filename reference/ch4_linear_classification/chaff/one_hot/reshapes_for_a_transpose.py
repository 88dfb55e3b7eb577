"""Your ones are in the places that a reshape gives them, where a transpose is needed.

Perhaps a table with a row for each class is reshaped: reshape keeps the elements in their order and breaks the rows
elsewhere, so that the shape is right and ones are in wrong places. .T swaps the axes; or make a row for each label at
once (4.1.1, 2.3.3).

Fails: right_values
"""

import torch


def one_hot(y, num_classes):
    table = (torch.arange(num_classes).reshape(-1, 1) == y).float()
    return table.view(len(y), num_classes)
