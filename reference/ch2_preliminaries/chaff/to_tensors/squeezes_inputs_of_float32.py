"""Your X, of float32, loses an axis where the table has a single row or column.

It is (n, d) for any n and d. squeeze() without an axis, for example, removes every axis of length 1 (2.2.3).

Same as: squeezes_the_inputs

Fails: right_shape
"""

import torch


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.to_numpy(dtype="float32")).squeeze()
    y = torch.tensor(targets.to_numpy(dtype="float32"))
    return X, y
