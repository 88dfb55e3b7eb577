"""You multiply B with A.

In general a product of matrices depends on the order: with other shapes than square ones BA may not even
exist (2.3.10).

Fails: accepts_its_arguments
"""


def matmul(A, B):
    return B @ A
