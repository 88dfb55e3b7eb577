"""You ask for the table's array without saying of which dtype.

Floats and booleans have no dtype in common, so `values` is an array of Python objects, and a tensor can't hold
objects. `to_numpy` takes the dtype that all columns should have (2.2.3).

Fails: accepts_its_arguments
"""

import torch


def to_tensors(inputs, targets):
    return torch.tensor(inputs.values), torch.tensor(targets.values)
