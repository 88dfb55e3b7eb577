"""You return the transpose of the product.

The element at [i, j] belongs to row i of A and column j of B, not the other way round; square products hide
it (2.3.10).

Fails: right_shape
"""


def matmul(A, B):
    return (A @ B).T
