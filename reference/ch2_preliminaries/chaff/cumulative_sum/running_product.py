"""You multiply down the rows.

cumprod does that, which an editor may suggest next to cumsum. A running sum adds (2.3.6).

Fails: right_values
"""


def cumulative_sum(A):
    return A.cumprod(axis=0)
