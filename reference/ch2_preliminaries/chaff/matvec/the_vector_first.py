"""You multiply x with A, and not A with x.

With the vector first it meets the columns of A, which is the product of the transpose with x. Element i is
the dot product of row i with x: A stands first (2.3.9).

Same as: transposes_the_matrix

Fails: accepts_its_arguments
"""

import torch


def matvec(A, x):
    return torch.matmul(x, A)
