"""Your curve has its top at 0, where it is one half, and falls on both sides.

That happens, for example, where e / (1 + e) with e = exp(-|x|) is used for all x: for positive x it is to be 1 / (1
+ e). A sigmoid rises everywhere, from 0 to 1 (5.1.2.2).

Fails: right_values, mirrored_scores_share_a_whole
"""

import torch


def sigmoid(X):
    e = torch.exp(-X.abs())
    return e / (1 + e)
