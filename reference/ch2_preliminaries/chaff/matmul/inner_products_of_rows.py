"""You call torch.inner, which multiplies along the last axis of both.

For vectors that is the dot product. For matrices it lets rows of A meet rows of B, as if B were transposed: A @ B
lets them meet B's columns (2.3.10).

Same as: transposes_the_second

Fails: accepts_its_arguments
"""

import torch


def matmul(A, B):
    return torch.inner(A, B)
