"""The root of the sum of all squares."""


def frobenius_norm(A):
    return (A * A).sum().sqrt()
