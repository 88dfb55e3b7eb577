"""Fills tensors of zeros, one row after the other."""

import torch


def to_tensors(inputs, targets):
    n, d = inputs.shape
    X, y = torch.zeros(n, d), torch.zeros(n)
    for i in range(n):
        for j in range(d):
            X[i, j] = float(inputs.iloc[i, j])
        y[i] = float(targets.iloc[i])
    return X, y
