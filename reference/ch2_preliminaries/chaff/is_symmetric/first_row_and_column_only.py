"""Your answer depends on the first row and the first column only.

The other rows and columns may differ, too. Often a `return` stands inside a loop and ends it in its first
round, or there is no loop. Answer False at the first pair that differs, but True only after all of them
(2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    for i in range(len(A)):
        return torch.equal(A[i], A[:, i])
