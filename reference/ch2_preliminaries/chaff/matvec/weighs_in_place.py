"""You weigh the columns of A itself, by `*=`.

The result is right, but your caller's matrix holds the products now. A * x makes a new one (2.1.5).

Fails: leaves_arguments_alone
"""


def matvec(A, x):
    A *= x
    return A.sum(axis=1)
