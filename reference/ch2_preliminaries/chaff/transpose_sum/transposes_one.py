"""You transpose A, and add B as it is.

For square matrices that gives numbers, but usually the wrong ones, and for most others there is no such sum.
Both belong on the same side of the mirror (2.3.3).

Fails: accepts_its_arguments
"""


def transpose_sum(A, B):
    return A.T + B
