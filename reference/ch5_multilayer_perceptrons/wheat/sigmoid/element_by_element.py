"""A loop over the elements, put together again by stack."""

import torch


def sigmoid(X):
    return torch.stack([1 / (1 + torch.exp(-x)) for x in X.flatten()]).view_as(X)
