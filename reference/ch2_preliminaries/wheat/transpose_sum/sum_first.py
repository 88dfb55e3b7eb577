"""Adds, then transposes."""


def transpose_sum(A, B):
    return (A + B).T
