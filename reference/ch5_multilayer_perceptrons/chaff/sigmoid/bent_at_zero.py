"""You exponentiate -|x|, so that nothing overflows, and choose the formula by the sign.

The values are right, and also for large x. But autograd takes the slope of |x| at 0 to be 0, and so gives the sigmoid
slope 0 there, where it is 1/4. torch.where, or a formula without |x|, does better (5.1.2.2).

Fails: right_gradient
"""

import torch


def sigmoid(X):
    e = torch.exp(-torch.abs(X))
    return torch.where(X >= 0, 1 / (1 + e), e / (1 + e))
