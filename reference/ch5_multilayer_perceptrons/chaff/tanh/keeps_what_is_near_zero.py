"""Elements nearer to 0 than about 0.3 come back as they are.

Perhaps you know that tanh x is almost x there. It isn't quite: at 0.25 it is 0.2449, and at your limit the curve
has a step. The formula holds for all x (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X)
    is_small = (X > -0.3) & (X < 0.3)
    return torch.where(is_small, X, (1 - e) / (1 + e))
