"""After your call A isn't what it was, and it is your caller's.

A row of A is a view of A: what is written into it, by `/=` for example, is written into the matrix. row = row
/ row.sum() makes a new one (2.1.5, 2.3.7).

Same as: in_place

Fails: leaves_arguments_alone
"""

import torch


def normalize_rows(A):
    rows = []
    for row in A:
        row /= row.sum().clone()
        rows.append(row)
    return torch.stack(rows)
