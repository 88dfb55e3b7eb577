"""Your X has one column more than the table, with the numbers of the rows.

`reset_index`, for example, puts the index among the columns. A row's number says nothing about its house:
leave the index out (2.2.3).

Fails: right_shape
"""

import torch


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.reset_index().to_numpy(dtype=float))
    return X, torch.tensor(targets.to_numpy(dtype=float))
