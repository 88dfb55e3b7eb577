"""You multiply down the rows, by cumprod.

Your editor's next suggestion after cumsum is another function. A running sum adds (2.3.6).

Fails: right_values
"""


def cumulative_sum(A):
    return A.cumprod(axis=0)
