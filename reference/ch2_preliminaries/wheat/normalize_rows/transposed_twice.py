"""Divides the transpose, whose last axis is the rows, and turns it back."""


def normalize_rows(A):
    return (A.T / A.sum(axis=1)).T
