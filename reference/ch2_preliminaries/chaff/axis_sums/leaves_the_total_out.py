"""You return two sums, down and along.

The third, of everything, is missing: A.sum() without an axis (2.3.6).

Fails: right_type
"""


def axis_sums(A):
    return A.sum(axis=0), A.sum(axis=1)
