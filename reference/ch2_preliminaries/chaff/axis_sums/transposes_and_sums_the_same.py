"""Your sums down and along have changed places, as if A were transposed.

In a square matrix even the shapes agree. Axis 0 counts the rows; summing along it goes down the rows, and
leaves a number for each column (2.3.6).

Same as: along_before_down

Fails: right_shape
"""


def axis_sums(A):
    A = A.T
    return A.sum(axis=0), A.sum(axis=1), A.sum()
