"""You return exp(x), as if the 1 were missing in the denominator.

1 / exp(-x) grows without bound. The 1 in the denominator keeps the result below 1 (5.1.2.2).

Fails: right_values, mirrored_scores_share_a_whole
"""

import torch


def sigmoid(X):
    return 1 / torch.exp(-X)
