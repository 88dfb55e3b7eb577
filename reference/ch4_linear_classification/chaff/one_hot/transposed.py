"""You have a column for each label instead of a row.

Rows are examples, in inputs and targets alike; columns are classes (4.1.1).

Fails: right_shape
"""

import torch


def one_hot(y, num_classes):
    return torch.eye(num_classes)[y].T.contiguous()
