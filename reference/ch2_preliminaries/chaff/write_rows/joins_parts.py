"""You return a new matrix with the right rows, and X still holds the old ones.

The result is right, but it was X that should change. torch.cat, for example, joins parts to a new matrix.
Assign to a slice of X: what you write there lands in X (2.1.2).

Same as: writes_into_a_copy

Fails: X_itself_is_filled
"""

import torch


def write_rows(X, start, stop, value):
    middle = torch.full_like(X[start:stop], value)
    return torch.cat((X[:start], middle, X[stop:]))
