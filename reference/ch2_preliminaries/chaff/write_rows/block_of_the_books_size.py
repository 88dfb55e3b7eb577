"""Your code runs for the size of the book's example, and fails with other sizes.

A block of 2 rows and 4 columns, for example, fits that one only. A single number needs no shape: assigned to
a slice, it goes to every element that the slice chooses (2.1.2).

Fails: accepts_its_arguments
"""

import torch


def write_rows(X, start, stop, value):
    X[start:stop] = torch.full((2, 4), value, dtype=X.dtype)
    return X
