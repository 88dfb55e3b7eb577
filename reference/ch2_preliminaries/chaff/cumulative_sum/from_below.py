"""You add up from the last row upwards.

Then the first row holds the total, and the last is left as it is. It is the other way round (2.3.6).

Fails: right_values, the_first_row_stays_and_the_last_is_the_total
"""


def cumulative_sum(A):
    return A.flip(0).cumsum(axis=0).flip(0)
