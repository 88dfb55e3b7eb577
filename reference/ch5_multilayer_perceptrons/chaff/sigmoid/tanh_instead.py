"""You compute the hyperbolic tangent.

Both curves look like an S, but tanh runs from -1 to 1 and is 0 at 0; sigmoid runs from 0 to 1 and is 1/2 at 0
(5.1.2.2, 5.1.2.3).

Fails: right_values, mirrored_scores_share_a_whole
"""

import torch


def sigmoid(X):
    return torch.tanh(X)
