"""You make a float32 tensor and fill it, whatever the dtype of X is.

torch.zeros makes float32 unless it is told otherwise, and the digits that it drops don't come back. zeros_like(X)
has X's dtype (2.1, 5.1.2.1).

Fails: right_dtype
"""

import torch


def relu(X):
    out = torch.zeros(X.shape)
    out[X > 0] = X[X > 0].float()
    return out
