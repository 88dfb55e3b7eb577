"""Your code changes A itself, which is your caller's.

A[0], for example, is no copy but a part of A, and so `+=` on it writes into the matrix. Start from zeros, or
from A[0].clone() (2.1.5, 2.3.6).

Fails: leaves_arguments_alone
"""


def axis_sums(A):
    along, everything = A.sum(axis=1), A.sum()
    down = A[0]
    for row in A[1:]:
        down += row
    return down, along, everything
