"""Your slope at exactly 0 is wrong: it is 0, where the sigmoid's is 1/4.

The values are right, and also for large x. Usually -|x| is exponentiated, so that nothing overflows, and the formula chosen by the
sign. But autograd takes the slope of |x| at 0 to be 0. torch.where, or a formula without |x|, does better (5.1.2.2).

Fails: right_gradient
"""

import torch


def sigmoid(X):
    e = torch.exp(-torch.abs(X))
    return torch.where(X >= 0, 1 / (1 + e), e / (1 + e))
