"""Your sums are a little too large, as if a small number were added to them.

Perhaps it is there against a division by zero. But a sum of exponentials is positive as long as they don't
underflow, and where all scores are very negative your rows no longer sum to 1. Adding a constant to all scores must
not change a softmax (4.4.1, 4.5.2).

Fails: right_values
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / (X_exp.sum(dim=1, keepdim=True) + 1e-6)
