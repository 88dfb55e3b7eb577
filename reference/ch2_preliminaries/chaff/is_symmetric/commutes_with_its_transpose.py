"""Your answer is True, too, for matrices that only commute with their transpose, such as [[0, 1], [-1, 0]].

AAᵀ = AᵀA holds for more matrices than the symmetric ones: for rotations, and where Aᵀ = -A. Compare A with Aᵀ
(2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    return torch.allclose(A @ A.T, A.T @ A)
