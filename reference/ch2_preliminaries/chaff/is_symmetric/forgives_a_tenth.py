"""You allow for differences of up to a tenth.

torch.allclose with a large atol does so. A and its transpose hold the same numbers, without any arithmetic: there is
no rounding to forgive (2.3.3).

Same as: forgives_small_differences

Fails: right_values
"""

import torch


def is_symmetric(A):
    return torch.allclose(A, A.T, atol=0.1)
