"""You start from A[0] and add the other rows to it by `+=`.

A[0] is no copy but a part of A, and so the sums end up in the matrix of your caller. Start from zeros, or
from A[0].clone() (2.1.5, 2.3.6).

Fails: leaves_arguments_alone
"""


def axis_sums(A):
    along, everything = A.sum(axis=1), A.sum()
    down = A[0]
    for row in A[1:]:
        down += row
    return down, along, everything
