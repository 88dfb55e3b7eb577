"""You ask for the sum along axis 2.

A matrix has two axes, 0 and 1. What has no axis left, the sum of everything, is asked for by leaving the axis
out (2.3.6).

Fails: accepts_its_arguments
"""


def axis_sums(A):
    return A.sum(axis=0), A.sum(axis=1), A.sum(axis=2)
