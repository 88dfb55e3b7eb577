"""In your product rows of A meet rows of B, as if B were transposed.

torch.inner, for example, multiplies along the last axis of both. For vectors that is the dot product. A @ B
lets the rows of A meet B's columns (2.3.10).

Same as: transposes_the_second

Fails: accepts_its_arguments
"""

import torch


def matmul(A, B):
    return torch.inner(A, B)
