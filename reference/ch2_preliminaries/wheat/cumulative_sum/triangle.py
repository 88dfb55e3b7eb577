"""Multiplies by a lower triangle of ones."""

import torch


def cumulative_sum(A):
    return torch.tril(torch.ones(len(A), len(A), dtype=A.dtype)) @ A
