"""You divide by the sum of the sizes |a|.

That is the l1 norm of the row. It agrees with the sum where no element is negative; a row with negative ones
doesn't sum to 1 then (2.3.7, 2.3.11).

Fails: right_values, each_row_sums_to_one
"""


def normalize_rows(A):
    return A / A.abs().sum(axis=1, keepdims=True)
