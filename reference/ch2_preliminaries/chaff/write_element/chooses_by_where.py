"""You return a new matrix with the value in its place, and X still holds the old element.

The result is right, but it was X that should change. torch.where, for example, makes a new tensor. What
writes into X is, for example, an assignment to X at an index (2.1.2).

Same as: writes_into_a_copy

Fails: X_itself_changes
"""

import torch


def write_element(X, row, col, value):
    rows, cols = X.shape
    chosen = (torch.arange(rows)[:, None] == row) & (torch.arange(cols) == col)
    return torch.where(chosen, torch.tensor(value, dtype=X.dtype), X)
