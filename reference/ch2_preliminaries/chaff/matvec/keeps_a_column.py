"""Your result is a column, of shape (m, 1).

The product of a matrix with a column is a column; asked for is that with a vector, which is a vector, of
shape (m,) (2.3.9).

Fails: right_shape
"""


def matvec(A, x):
    return A @ x.reshape(-1, 1)
