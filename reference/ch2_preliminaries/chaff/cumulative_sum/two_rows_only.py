"""You add the row above to each row, and no more.

That is right for the second row. In the third one the first is missing: the sum above has to be carried on
(2.3.6).

Fails: right_values
"""


def cumulative_sum(A):
    out = A.clone()
    out[1:] += A[:-1]
    return out
