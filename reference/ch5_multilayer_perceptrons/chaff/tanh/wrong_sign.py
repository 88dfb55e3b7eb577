"""Your curve falls where tanh rises: it is tanh(-x).

(1 - exp(2x)) / (1 + exp(2x)) does that, for example. With exp(2x) the numerator is exp(2x) - 1 (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return (1 - torch.exp(2 * X)) / (1 + torch.exp(2 * X))
