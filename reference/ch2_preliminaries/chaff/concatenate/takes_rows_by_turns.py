"""Your first result takes the rows of X and Y by turns.

With one row each that looks right. All of X comes first, and below its last row Y begins: cat with dim=0
(2.1.3).

Fails: right_values
"""

import torch


def concatenate(X, Y):
    return torch.stack((X, Y), dim=1).flatten(0, 1), torch.cat((X, Y), dim=1)
