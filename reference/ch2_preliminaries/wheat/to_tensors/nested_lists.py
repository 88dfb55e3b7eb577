"""Goes through lists of Python."""

import torch


def to_tensors(inputs, targets):
    rows = [[float(cell) for cell in row] for row in inputs.values.tolist()]
    return torch.tensor(rows, dtype=torch.float64), torch.DoubleTensor([float(one) for one in targets])
