"""Multiplies by a diagonal matrix of reciprocals."""

import torch


def normalize_rows(A):
    return torch.diag(1 / A.sum(dim=-1)) @ A
