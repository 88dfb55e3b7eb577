"""Your curve is the same on both sides of 0: it is tanh(|x|), and never negative.

That happens, for example, where -2 |x| is exponentiated, so that nothing overflows, and the sign of x isn't given
back. tanh(-x) is -tanh(x) (5.1.2.3).

Fails: right_values, it_is_odd
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X.abs())
    return (1 - e) / (1 + e)
