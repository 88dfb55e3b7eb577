"""Your slope at exactly 0 is wrong: it is 0, where the sigmoid's is 1/4.

The values are right. Usually -|x| is exponentiated, so that nothing overflows, and the formula is chosen by the sign.
But autograd takes the slope of |x| at 0 to be 0. A formula without |x| has the right one (5.1.2.2).

Fails: right_gradient
"""

import torch


def sigmoid(X):
    e = torch.exp(-torch.abs(X))
    return torch.where(X >= 0, 1 / (1 + e), e / (1 + e))
