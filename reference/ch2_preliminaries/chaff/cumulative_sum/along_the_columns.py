"""You add up along axis 1, from left to right.

Axis 0 goes down the rows: it is the axis along which you move from one row to the next (2.3.6).

Fails: right_values, the_first_row_stays_and_the_last_is_the_total
"""


def cumulative_sum(A):
    return A.cumsum(axis=1)
