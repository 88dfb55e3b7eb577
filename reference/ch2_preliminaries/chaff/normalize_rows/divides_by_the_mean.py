"""You divide by the mean of each row.

The rows sum to n then, not to 1: a mean is the sum divided by the number of elements (2.3.6, 2.3.7).

Fails: right_values, each_row_sums_to_one
"""


def normalize_rows(A):
    return A / A.mean(axis=1, keepdims=True)
