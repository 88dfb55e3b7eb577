"""Elements nearer to 0 than about 0.1 come back as they are.

Perhaps you know that tanh x is almost x there. It isn't quite: at 0.09 it is 0.08976, and at your limit the curve
has a step. The formula holds for all x (5.1.2.3).

Same as: keeps_what_is_near_zero

Fails: right_values
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X)
    is_small = (X > -0.1) & (X < 0.1)
    return torch.where(is_small, X, (1 - e) / (1 + e))
