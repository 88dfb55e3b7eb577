"""You compare the first row with the first column, and leave it at that.

The other rows and columns may differ, too. Usually a `return` stands inside the loop and ends it in its first round, or there is
none. Answer False at the first pair that differs, but True only after all of them (2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    for i in range(len(A)):
        return torch.equal(A[i], A[:, i])
