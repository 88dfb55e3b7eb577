"""You bring matrices to the shape of a transpose by reshape.

That cuts the same sequence of numbers into other rows; a transpose mirrors it at the diagonal, and moves
numbers. The shapes agree, your elements don't (2.3.3).

Fails: right_values
"""


def transpose_sum(A, B):
    return (A + B).reshape(A.shape[1], A.shape[0])
