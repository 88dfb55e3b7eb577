"""Both of your results have Y below X.

torch.cat joins along dim 0 unless you say otherwise. Beside each other, that is along the columns, takes
dim=1 (2.1.3).

Fails: right_shape
"""

import torch


def concatenate(X, Y):
    return torch.cat((X, Y)), torch.cat((X, Y))
