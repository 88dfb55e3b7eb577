"""Rows whose sum is negative come out with the wrong signs: each of yours sums to -1.

Perhaps you divide by the sizes of the sums, as if shares had to keep the signs of the numbers. A row that sums to
-2 is divided by -2 (2.3.7).

Fails: right_values, each_row_sums_to_one
"""

def normalize_rows(A):
    return A / A.sum(dim=1, keepdim=True).abs()
