"""Your result is a matrix, the outer product of x and y.

A column times a row is a whole matrix of products. A row times a column is the one number (2.3.8).

Fails: right_shape
"""


def dot(x, y):
    return x.reshape(-1, 1) @ y.reshape(1, -1)
