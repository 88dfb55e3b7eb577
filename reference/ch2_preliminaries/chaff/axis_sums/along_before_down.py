"""Your first result has the sum of each row, your second that of each column: the other way round.

In a square matrix even the shapes agree. Axis 0 counts the rows; summing along it goes down the rows, and
leaves a number for each column. That comes first (2.3.6).

Fails: right_shape
"""


def axis_sums(A):
    return A.sum(axis=1), A.sum(axis=0), A.sum()
