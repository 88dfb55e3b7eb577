"""Counts in Python and makes a tensor of the lists."""

import torch


def range_matrix(rows, cols):
    return torch.tensor([[float(i * cols + j) for j in range(cols)] for i in range(rows)])
