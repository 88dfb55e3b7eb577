"""Your slope at exactly 0 is wrong: it is 0, where tanh is steepest: 1.

The values are right. Usually the tanh of |x| is computed, so that nothing overflows, and the sign is put back. But
autograd takes the slopes of |x| and of the sign at 0 to be 0. A formula without |x| has the right one (5.1.2.3).

Fails: right_gradient
"""

import torch


def tanh(X):
    e = torch.exp(-2 * torch.abs(X))
    return torch.sign(X) * (1 - e) / (1 + e)
