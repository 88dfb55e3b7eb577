"""Your denominator is cut off from X: the values are right, but the gradient takes it for a constant.

The sum of the exponentials changes with X, too. Keep it as it is, without detach, .data, .item() or no_grad
(2.5.3, 5.1.2.3).

Fails: right_gradient
"""

import torch


def tanh(X):
    rising, falling = torch.exp(X), torch.exp(-X)
    return (rising - falling) / (rising + falling).detach()
