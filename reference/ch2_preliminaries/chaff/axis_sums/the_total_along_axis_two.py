"""Your code asks for an axis, or an index, that a matrix doesn't have.

Perhaps the total is asked for along axis 2. A matrix has two axes, 0 and 1. What has no axis left, the sum of
everything, is asked for by leaving the axis out (2.3.6).

Fails: accepts_its_arguments
"""


def axis_sums(A):
    return A.sum(axis=0), A.sum(axis=1), A.sum(axis=2)
