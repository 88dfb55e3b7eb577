"""You divide by exp(-x) without the 1.

Then the fraction is exp(x), which grows without bound. The 1 in the denominator keeps the result below 1 (5.1.2.2).

Fails: right_values, mirrored_scores_share_a_whole
"""

import torch


def sigmoid(X):
    return 1 / torch.exp(-X)
