"""Makes float32 tensors, the dtype that models compute in."""

import torch


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.to_numpy(dtype="float32"))
    y = torch.tensor(targets.values, dtype=torch.float32)
    return X, y
