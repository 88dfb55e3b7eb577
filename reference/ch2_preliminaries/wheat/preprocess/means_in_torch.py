"""Goes to float32 tensors with gaps in them, and fills these with torch."""

import torch


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    X, y = to_tensors(encode_categories(inputs), targets)
    X, y = X.float(), y.float()
    gaps = torch.isnan(X)
    mean = torch.where(gaps, 0.0, X).sum(dim=0) / (~gaps).sum(dim=0)
    return torch.where(gaps, mean, X), y
