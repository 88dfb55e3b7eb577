"""You divide by the sums of the columns.

axis=0 goes down the rows and sums each column. The sum of a row goes along the columns: axis=1 (2.3.6,
2.3.7).

Fails: right_values, each_row_sums_to_one
"""


def normalize_rows(A):
    return A / A.sum(axis=0, keepdims=True)
