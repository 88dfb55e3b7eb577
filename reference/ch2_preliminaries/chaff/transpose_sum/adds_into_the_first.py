"""You add B to A by `+=`, and return A's transpose.

The result is right, but your caller's A holds the sum now. A + B makes a new matrix (2.1.5).

Fails: leaves_arguments_alone
"""


def transpose_sum(A, B):
    A += B
    return A.T
