"""Your code changes A itself, which is your caller's.

A += B, for example, writes the sum into A: the result is right, but your caller's A holds the sum now. A + B
makes a new matrix (2.1.5).

Fails: leaves_arguments_alone
"""


def transpose_sum(A, B):
    A += B
    return A.T
