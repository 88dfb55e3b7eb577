"""You divide by the sum of the whole matrix, so that all rows together sum to 1.

sum() without an axis adds up everything, and for a single row it is the right one. Here each row has its own
(2.3.6, 2.3.7).

Fails: right_values, each_row_sums_to_one
"""


def normalize_rows(A):
    return A / A.sum()
