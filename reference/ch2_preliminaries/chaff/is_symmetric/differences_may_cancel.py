"""You answer True for any matrix, symmetric or not.

The sum of A - A.T, for example, is about 0 for every matrix: what A[i, j] - A[j, i] adds, A[j, i] - A[i, j]
takes away. Look at each difference on its own, or at their sizes (2.3.3).

Same as: any_instead_of_all

Fails: right_values
"""


def is_symmetric(A):
    return abs((A - A.T).sum().item()) < 1e-3
