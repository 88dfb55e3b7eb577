"""Your curve is the same on both sides of 0: a negative element gives what its size gives.

That happens, for example, where the formula in two cases has 1 / (1 + exp(x)) for negative x: the numerator there
is exp(x), and not 1. A sigmoid rises everywhere, from 0 to 1 (5.1.2.2).

Fails: right_values, mirrored_scores_share_a_whole
"""

import torch


def sigmoid(X):
    return 1 / (1 + torch.exp(-X.abs()))
