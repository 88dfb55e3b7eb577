"""You divide each row in a loop by `/=`, and take the rows for copies.

A row of A is a view of A: what is written into it is written into the matrix. row = row / row.sum() makes a
new one (2.1.5, 2.3.7).

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
