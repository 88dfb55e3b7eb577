"""Rows with a negative sum come out huge, since what you divide them by is positive and almost 0.

Perhaps the sums are limited from below, as clamp(min=1e-12) does it, against a division by zero. No row sums to 0
here, and one that sums to -2 is divided by -2 (2.3.7).

Same as: negative_sums_count_as_an_epsilon

Fails: right_values, each_row_sums_to_one
"""

def normalize_rows(A):
    return A / A.sum(dim=1, keepdim=True).clamp_min(1e-12)
