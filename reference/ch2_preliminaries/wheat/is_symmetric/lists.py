"""Compares nested Python lists."""


def is_symmetric(A):
    return A.tolist() == A.T.tolist()
