"""Your first result has the mean of each row, your second that of each column: the other way round.

axis=1 averages along the columns, which leaves a number for each row. In a square matrix the shapes agree all
the same. First comes axis 0, then axis 1 (2.3.6).

Fails: right_shape
"""


def axis_means(A):
    return A.mean(axis=1), A.mean(axis=0), A.mean()
