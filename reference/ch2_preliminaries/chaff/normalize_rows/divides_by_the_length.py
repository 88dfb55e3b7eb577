"""You divide each row by its l2 norm.

"Normalize" often means that: rows of length 1. Here each row is to sum to 1, and so it is divided by its sum
(2.3.7, 2.3.11).

Fails: right_values, each_row_sums_to_one
"""


def normalize_rows(A):
    return A / A.norm(dim=1, keepdim=True)
