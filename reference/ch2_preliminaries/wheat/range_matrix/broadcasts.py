"""Adds where each row begins to the positions within a row."""

import torch


def range_matrix(rows, cols):
    starts = torch.arange(0, rows * cols, cols, dtype=torch.float32).unsqueeze(1)
    return starts + torch.arange(cols)
