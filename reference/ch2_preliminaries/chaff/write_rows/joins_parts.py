"""You join the rows above, new ones, and the rows below to a new matrix.

The result is right, but X still holds the old rows. Assign to the slice: what you write there lands in X
(2.1.2).

Same as: writes_into_a_copy

Fails: X_itself_is_filled
"""

import torch


def write_rows(X, start, stop, value):
    middle = torch.full_like(X[start:stop], value)
    return torch.cat((X[:start], middle, X[stop:]))
