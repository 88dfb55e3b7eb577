"""Your answer is True, too, for elements that differ by 1/64.

torch.allclose with a large atol, for example, allows for that. Transposing only moves numbers, and rounds
none: elements can be compared exactly (2.3.3).

Same as: forgives_small_differences

Fails: right_values
"""

import torch


def is_symmetric(A):
    return torch.allclose(A, A.T, atol=0.1)
