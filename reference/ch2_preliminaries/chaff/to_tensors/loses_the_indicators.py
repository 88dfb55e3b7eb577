"""Your X lacks the table's columns of True and False.

`select_dtypes("number")`, for example, makes the dtypes agree, but a bool is no number for it. Indicators are
inputs, too: they become 0 and 1 (2.2.3).

Fails: right_shape
"""

import torch


def to_tensors(inputs, targets):
    numbers = inputs.select_dtypes("number")
    return torch.tensor(numbers.to_numpy(dtype=float)), torch.tensor(targets.to_numpy(dtype=float))
