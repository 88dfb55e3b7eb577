"""You weigh the columns, and sum along axis 0.

That leaves one number for each column. The sum goes along each row, axis 1 (2.3.9).

Fails: right_shape
"""


def matvec(A, x):
    return (A * x).sum(axis=0)
