"""Your result has one number for each column: the products are summed along axis 0.

The sum goes along each row, axis 1, and leaves a number for each row (2.3.9).

Fails: right_shape
"""


def matvec(A, x):
    return (A * x).sum(axis=0)
