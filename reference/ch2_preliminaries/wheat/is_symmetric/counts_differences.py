"""Counts the elements that differ from their mirror image."""


def is_symmetric(A):
    return (A != A.mT).sum().item() == 0
