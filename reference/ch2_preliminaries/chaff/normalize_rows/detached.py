"""Your result is cut off from A: the numbers are right, but no gradient flows back through it.

Usually it was computed by NumPy or by Python's numbers, from `.detach()`, `.data` or `.item()`, and a new
tensor was made of the numbers. Whatever comes before learns nothing from it. Stay with operations on the
tensors themselves (2.5.3).

Fails: right_gradient
"""

import torch


def normalize_rows(A):
    rows = [[a / sum(row) for a in row] for row in A.tolist()]
    return torch.tensor(rows, dtype=A.dtype)
