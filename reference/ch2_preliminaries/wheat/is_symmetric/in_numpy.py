"""Compares in NumPy and turns its truth value into Python's."""

import numpy as np


def is_symmetric(A):
    B = A.numpy()
    return bool(np.array_equal(B, B.T))
