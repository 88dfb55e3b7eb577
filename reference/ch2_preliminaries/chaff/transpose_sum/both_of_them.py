"""You return the two transposes, and not their sum.

One matrix was asked for: the transpose of a sum is the sum of the transposes (2.3.3).

Fails: right_type
"""


def transpose_sum(A, B):
    return A.T, B.T
