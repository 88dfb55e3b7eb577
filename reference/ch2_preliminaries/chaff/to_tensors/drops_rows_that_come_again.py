"""You keep only one of several equal rows.

Two houses may well be alike, and each of them counts: a row that comes again need not be a mistake in the
data (2.2.2).

Fails: right_shape
"""

import torch


def to_tensors(inputs, targets):
    kept = ~inputs.duplicated()
    X = torch.tensor(inputs[kept].to_numpy(dtype=float))
    return X, torch.tensor(targets[kept].to_numpy(dtype=float))
