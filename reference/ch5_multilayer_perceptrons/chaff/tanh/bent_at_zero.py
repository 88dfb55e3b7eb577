"""You compute the tanh of |x|, so that nothing overflows, and put the sign back.

The values are right, and also for large x. But autograd takes the slopes of |x| and of the sign at 0 to be 0, and so
gives tanh slope 0 there, where it is steepest: 1. torch.where, or a formula without |x|, does better (5.1.2.3).

Fails: right_gradient
"""

import torch


def tanh(X):
    e = torch.exp(-2 * torch.abs(X))
    return torch.sign(X) * (1 - e) / (1 + e)
