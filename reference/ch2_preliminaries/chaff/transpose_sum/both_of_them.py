"""You return the two transposes, and not their sum.

One matrix was asked for (2.3.3).

Fails: right_type
"""


def transpose_sum(A, B):
    return A.T, B.T
