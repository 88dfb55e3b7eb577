"""You compare the first row with the first column, and return before you come to the others.

A `return` inside a loop ends it in its first round. Answer False at the first pair that differs, but True
only after all of them (2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    for i in range(len(A)):
        return torch.equal(A[i], A[:, i])
