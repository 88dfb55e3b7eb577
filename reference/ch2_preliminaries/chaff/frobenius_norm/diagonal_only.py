"""Your result is the root of the trace of AA, and without a square A your code fails.

On the diagonal of AᵀA stand sums of squares; AA exists only where A is square, and in general something else
stands on its diagonal (2.3.11).

Fails: accepts_its_arguments
"""

import torch


def frobenius_norm(A):
    return torch.trace(A @ A).sqrt()
