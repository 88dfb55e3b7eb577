"""You make a column of x, and return the product as it is.

The product of a matrix with a column is a column, shape (m, 1); asked for is a vector, shape (m,) (2.3.9).

Fails: right_shape
"""


def matvec(A, x):
    return A @ x.reshape(-1, 1)
