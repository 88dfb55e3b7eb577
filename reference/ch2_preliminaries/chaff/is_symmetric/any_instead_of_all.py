"""Your answer is True for every matrix.

Perhaps something is asked that always holds: that any element equals its mirror image (those on the diagonal
do), that the shapes of A and A.T agree, or that the sum of A - A.T is 0 (its elements cancel). In a symmetric
matrix each element equals its own mirror image (2.3.3).

Fails: right_values
"""


def is_symmetric(A):
    return bool((A == A.T).any())
