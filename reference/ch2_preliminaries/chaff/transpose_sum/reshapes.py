"""Your result has the numbers of A + B in the same order, cut into rows of another length.

reshape does that; a transpose mirrors a matrix at the diagonal, and moves numbers. The shapes agree, the
elements don't (2.3.3).

Fails: right_values
"""


def transpose_sum(A, B):
    return (A + B).reshape(A.shape[1], A.shape[0])
