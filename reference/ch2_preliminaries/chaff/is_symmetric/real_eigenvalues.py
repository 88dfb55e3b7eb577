"""Your answer is True for matrices whose eigenvalues are all real, symmetric or not.

Those of a symmetric matrix are, but those of many others, too: [[1, 1], [0, 2]] has 1 and 2. Compare the
matrix with its transpose (2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    return bool(torch.linalg.eigvals(A).imag.abs().max() == 0)
