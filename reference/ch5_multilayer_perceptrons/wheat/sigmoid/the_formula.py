"""The book's formula, 1 / (1 + exp(-x))."""

import torch


def sigmoid(X):
    return 1 / (1 + torch.exp(-X))
