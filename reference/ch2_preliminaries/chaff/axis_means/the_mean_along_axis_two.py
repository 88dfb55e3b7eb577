"""Your code asks for an axis, or an index, that a matrix doesn't have.

Often the axes are counted from 1. Python counts from 0: a matrix has the axes 0 and 1, and there is no axis 2
(2.3.6).

Fails: accepts_its_arguments
"""


def axis_means(A):
    return A.mean(axis=1), A.mean(axis=2), A.mean()
