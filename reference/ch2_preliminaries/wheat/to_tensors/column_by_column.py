"""Makes a tensor of each column and stacks them."""

import torch


def to_tensors(inputs, targets):
    columns = [torch.tensor(inputs[name].tolist(), dtype=torch.float64) for name in inputs.columns]
    return torch.stack(columns, dim=1), torch.tensor(targets.tolist(), dtype=torch.float64)
