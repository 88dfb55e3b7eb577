"""Your code changes the caller's table.

Assigning to a column, for example, changes the table that you were given: if its columns become floats, its
booleans and integers are gone for everybody. Convert the array that you take out of the table instead
(2.2.3).

Fails: leaves_arguments_alone
"""

import torch


def to_tensors(inputs, targets):
    for name in inputs.columns:
        inputs[name] = inputs[name].astype(float)
    return torch.tensor(inputs.values), torch.tensor(targets.values.astype(float))
