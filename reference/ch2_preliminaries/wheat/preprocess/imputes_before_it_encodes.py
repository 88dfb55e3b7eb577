"""Fills the numbers first: both steps can be swapped, since each leaves the other's columns alone."""

import pandas as pd
import torch


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    inputs = inputs.fillna(inputs.mean(numeric_only=True))
    inputs = pd.get_dummies(inputs, dummy_na=True, dtype=float)
    return torch.tensor(inputs.to_numpy(dtype=float)), torch.tensor(targets.values, dtype=torch.float64)
