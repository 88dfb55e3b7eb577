"""You ask whether A and Aᵀ give the same product in both orders.

That holds for more matrices than the symmetric ones: for rotations, and where Aᵀ = -A. Compare A with Aᵀ (2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    return torch.allclose(A @ A.T, A.T @ A)
