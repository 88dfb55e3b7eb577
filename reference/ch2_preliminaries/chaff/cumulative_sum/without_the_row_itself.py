"""Your row i holds the sums of the rows above it, without row i.

That is a running sum that comes one row late, and begins with zeros. Row i counts itself (2.3.6).

Fails: right_values, the_first_row_stays_and_the_last_is_the_total
"""


def cumulative_sum(A):
    return A.cumsum(axis=0) - A
