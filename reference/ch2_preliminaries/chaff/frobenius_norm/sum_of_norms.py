"""Your result is the sum of the norms of the rows.

Lengths don't add like that: squares do. The norm of the rows' norms would be right (2.3.11).

Fails: right_values, the_transpose_has_the_same_norm
"""

import torch


def frobenius_norm(A):
    return torch.norm(A, dim=1).sum()
