"""Your code fails where numbers and booleans stand in one table.

They have no dtype in common, so that `values`, or to_numpy() without a dtype, is an array of Python objects,
and a tensor can't hold objects. `to_numpy` takes the dtype that all columns should have (2.2.3).

Fails: accepts_its_arguments
"""

import torch


def to_tensors(inputs, targets):
    return torch.tensor(inputs.values), torch.tensor(targets.values)
