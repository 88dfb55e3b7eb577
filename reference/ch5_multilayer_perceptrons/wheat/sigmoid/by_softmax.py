"""The softmax of the two scores x and 0."""

import torch


def sigmoid(X):
    return torch.softmax(torch.stack([X, torch.zeros_like(X)]), dim=0)[0]
