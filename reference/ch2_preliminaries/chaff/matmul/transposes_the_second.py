"""You multiply A with the transpose of B.

Rows meet rows then. That is often written in attention, or for distances, but in a product of matrices the
rows of A meet the columns of B, which A @ B does by itself (2.3.10).

Fails: accepts_its_arguments
"""


def matmul(A, B):
    return A @ B.T
