"""You turn the caller's columns into floats.

Assigning to a column changes the table that you were given, and its booleans and integers are gone for everybody. Convert
the array that you take out of the table instead (2.2.3).

Fails: leaves_arguments_alone
"""

import torch


def to_tensors(inputs, targets):
    for name in inputs.columns:
        inputs[name] = inputs[name].astype(float)
    return torch.tensor(inputs.values), torch.tensor(targets.values.astype(float))
