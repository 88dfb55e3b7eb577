"""Your result is the root of the trace of AA, and without a square A your code fails.

On the diagonal of AᵀA stand sums of squares; on that of AA, and only where A is square, something else
(2.3.11).

Fails: accepts_its_arguments
"""

import torch


def frobenius_norm(A):
    return torch.trace(A @ A).sqrt()
