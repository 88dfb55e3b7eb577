"""Your result is A * x, a matrix.

That weighs the columns, and forgets to add them up. A matrix times a vector sums along each row (2.3.9).

Fails: right_shape
"""


def matvec(A, x):
    return A * x
